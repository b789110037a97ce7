import { receiverEnv } from '@vera/receiver/env';
import { receiverPermissions } from '@vera/receiver/permissions';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { environmentOf } from '../constructs/environment-of.ts';
import { grantsOf } from '../constructs/grant.ts';
import { NodeLambda } from '../constructs/node-lambda.ts';
import { Output } from '../constructs/output.ts';
import { PublicUrl } from '../constructs/public-url.ts';
import { shared } from '../constructs/shared.ts';
import { useAws } from '../constructs/use-aws.ts';
import { frontDigestsOf } from '../front/front-secret.ts';
import type { InvokerStack } from '../invoker/invoker-stack.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { usingKey } from '../storage/key-access.ts';
import type { StorageStack } from '../storage/storage-stack.ts';

interface ReceiverStackProps {
  readonly settings: Settings;
  readonly storage: StorageStack;
  readonly invoker: InvokerStack;
}

/** What Slack calls. */
export class ReceiverStack extends TerraformStack {
  readonly functionName: string;
  readonly logGroup: string;
  /** What a front calls, where there is one. */
  readonly frontOrigin: string | undefined;

  constructor(scope: Construct, id: string, { settings, storage, invoker }: ReceiverStackProps) {
    super(scope, id);
    useAws(this, settings);
    const receiver = new NodeLambda(this, 'receiver', {
      settings,
      deployable: 'receiver',
      logKey: storage.logKey,
      environment: environmentOf(receiverEnv, {
        DEPLOYMENT: nameOf(settings),
        SECRET_ID: storage.secretArn,
        LEDGER_TABLE: storage.tables.ledger.name,
        AUDIT_TABLE: storage.tables.audit.name,
        AUDIT_DAYS: String(settings.audit.days),
        INVOKER_FUNCTION: invoker.functionName,
        DELIVERY_GRACE_SECONDS: settings.questions.deliveryGraceSeconds?.toString(),
        SESSION_SCOPE: settings.worker.on === 'lambda' ? undefined : settings.session.scope,
        FOLLOW_UPS: settings.followUps,
        ALLOWED_BOT_IDS: settings.allowedBotIds.join(',') || undefined,
        TRACED_SHARE: settings.tracing === 'off' ? undefined : String(settings.tracedShare),
        STOPPERS: settings.stoppers.join(',') || undefined,
        ...frontDigestsOf(this, storage.frontSecret),
      }),
      grants: {
        ...grantsOf(receiverPermissions, {
          secret: { resources: [storage.secretArn] },
          ledgerTable: { resources: [storage.tables.ledger.arn] },
          ledgerIndex: { resources: [storage.tables.ledger.indexArn] },
          auditTable: { resources: [storage.tables.audit.arn] },
          invokerFunction: { resources: [invoker.arn] },
        }),
        key: usingKey(storage.keyArn, settings.region, ['dynamodb', 'secretsmanager']),
      },
    });
    this.functionName = receiver.functionName;
    this.logGroup = receiver.logGroup;
    const { front, region } = settings;
    const own = new PublicUrl(this, 'public', { functionName: receiver.functionName, region });
    this.frontOrigin = front && shared(this, 'receiver_host', own.host);
    new Output(this, 'url', {
      value: front ? `https://${front.receiver}/` : own.url,
      description: 'goes into the Slack app: pnpm slack-manifest --receiver-url <this>',
    });
  }
}
