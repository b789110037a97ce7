import { rm, writeFile } from 'node:fs/promises';
import { type Running, runningFile } from '@vera/operate/place';
import { names, usageLog } from './names.ts';
import type { LocalSystem } from './start-system.ts';

/** Tells `pnpm vera … --local` where all of it is; gives what takes it back. */
export async function tellRunning(system: LocalSystem, page: string, dataFolder: string): Promise<() => Promise<void>> {
  const running: Running = {
    pid: process.pid,
    region: 'us-east-1',
    runsOn: system.platform,
    page,
    slackApi: `${system.slack.url}/api/`,
    names: {
      receiver: names.receiver,
      invoker: names.invoker,
      sweeper: names.sweeper,
      'auth-portal': names.authPortal,
      worker: names.worker,
      // On Lambda there is none.
      runtime: system.platform === 'lambda' ? '' : 'vera_worker',
      endpoint: 'DEFAULT',
      ledger: names.ledgerTable,
      accounts: names.accountsTable,
      audit: names.auditTable,
      'audit-heads': names.auditHeadsTable,
      secrets: names.secret,
      usage: usageLog.group.split('/').at(-1) ?? '',
    },
    worker: system.workerVariables,
    endpoints: {
      DYNAMODB: system.dynamoDb.url,
      LAMBDA: system.lambda.url,
      SECRETS_MANAGER: system.secretsManager.url,
      BEDROCK_AGENTCORE: system.agentCore.url,
      CLOUDWATCH_LOGS: system.cloudWatchLogs.url,
    },
  };
  const file = runningFile(dataFolder);
  await writeFile(file, `${JSON.stringify(running, undefined, 2)}\n`, { mode: 0o600 });
  return () => rm(file, { force: true });
}
