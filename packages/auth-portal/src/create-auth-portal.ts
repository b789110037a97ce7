import { randomBytes } from 'node:crypto';
import { createDynamoAccountShelf } from '@vera/accounts/dynamo-accounts';
import { createDynamoFlows, createDynamoLinks } from '@vera/accounts/dynamo-single-use';
import { createDynamoWaitingQuestions } from '@vera/accounts/dynamo-waiting-questions';
import { createKmsSeal } from '@vera/accounts/kms-seal';
import { providerClients } from '@vera/accounts/provider-clients';
import { createNoteAct } from '@vera/audit/create-note-act';
import { systemClock } from '@vera/service-kit/clock';
import { signedDataKeys } from '@vera/service-kit/data-keys';
import { signedDynamoDb } from '@vera/service-kit/dynamo-db';
import { createInvokeLater } from '@vera/service-kit/invoke-later';
import type { Log } from '@vera/service-kit/log';
import { readSecrets, signedSecrets } from '@vera/service-kit/read-secrets';
import { type AwsEnv, createSignedCalls } from '@vera/service-kit/signed-calls';
import type * as z from 'zod/mini';
import { type AuthPortal, createAuthPortal } from './auth-portal.ts';
import type { authPortalEnv } from './env.ts';
import { authPortalSecrets } from './secrets.ts';
import { createSlackSignIn } from './slack-sign-in.ts';

/** Makes the auth portal of this process: its secret, its clients, its pages. */
export async function createAuthPortalFromEnv(env: z.output<typeof authPortalEnv>, aws: AwsEnv, log: Log): Promise<AuthPortal> {
  // A person waits for the page: two tries of two seconds each.
  const call = createSignedCalls({ env: aws, timeout: 2_000, maxAttempts: 2 });
  const secrets = await readSecrets(signedSecrets(call), env.SECRET_ID, authPortalSecrets);
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = secrets;
  const slackUrl = env.SLACK_URL ?? 'https://slack.com';
  const table = { dynamoDb: signedDynamoDb(call), tableName: env.ACCOUNTS_TABLE, now: Date.now };
  return createAuthPortal({
    key: secrets.PORTAL_TICKET_KEY,
    now: Date.now,
    random: () => randomBytes(32).toString('base64url'),
    shelf: createDynamoAccountShelf(table),
    links: createDynamoLinks(table),
    flows: createDynamoFlows(table),
    waiting: createDynamoWaitingQuestions({ ...table, log }),
    note: createNoteAct({
      ...systemClock,
      ...{ dynamoDb: table.dynamoDb, tableName: env.AUDIT_TABLE, days: env.AUDIT_DAYS, patience: 2_000, log },
    }),
    forward: createInvokeLater(call, env.INVOKER_FUNCTION),
    seal: createKmsSeal({ dataKeys: signedDataKeys(call), keyId: env.ACCOUNTS_KEY }),
    clients: providerClients(secrets, env, Date.now),
    signIn: clientId && clientSecret ? createSlackSignIn({ clientId, clientSecret, slackUrl, now: Date.now }) : undefined,
    slackUrl,
    log,
  });
}
