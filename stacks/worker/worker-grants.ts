import { workerPermissions } from '@vera/worker/permissions';
import { type Grants, grantsOf } from '../constructs/grant.ts';
import { usingKey } from '../constructs/using-key.ts';
import type { Settings } from '../settings/settings.ts';
import { accountsKeyOf } from '../storage/accounts-key.ts';
import { modelTargetsOf } from './model-targets.ts';
import { platformGrantsOf } from './platform-grants.ts';
import type { WorkerStackProps } from './worker-stack.ts';

export function workerGrantsOf({ settings, storage, gateway }: WorkerStackProps): Grants {
  return {
    ...grantsOf(workerPermissions, {
      secret: { resources: [storage.secretArn] },
      ledgerTable: { resources: [storage.tables.ledger.arn] },
      model: modelTargetsOf(settings),
      guardrail: { resources: [storage.safeguard.arn] },
      knowledgeBase: knowledgeBaseTargetsOf(settings),
      gateway: gateway && !gateway.clientSecretArn ? { resources: [gateway.arn] } : [],
      gatewayClient: gateway?.clientSecretArn ? { resources: [gateway.clientSecretArn] } : [],
      accountsTable: { resources: [storage.tables.accounts.arn] },
      accountsKey: accountsKeyOf(storage),
    }),
    key: usingKey(storage.keyArn, settings.region, ['dynamodb', 'secretsmanager']),
    ...platformGrantsOf(settings, storage.repositoryArn),
  };
}

function knowledgeBaseTargetsOf({ knowledgeBase, region, account }: Settings) {
  if (!knowledgeBase) return [];
  return { resources: [`arn:aws:bedrock:${knowledgeBase.region ?? region}:${account}:knowledge-base/${knowledgeBase.id}`] };
}
