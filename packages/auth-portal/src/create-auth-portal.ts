import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createDynamoAccountShelf } from '@vera/accounts/dynamo-account-shelf';
import { createDynamoFlows } from '@vera/accounts/dynamo-flows';
import { createDynamoLinks } from '@vera/accounts/dynamo-links';
import { createDynamoWaitingQuestions } from '@vera/accounts/dynamo-waiting-questions';
import { createKmsSeal } from '@vera/accounts/kms-seal';
import { providerClients } from '@vera/accounts/provider-clients';
import { awsDefaults } from '@vera/service-kit/aws-defaults';
import type { Log } from '@vera/service-kit/log';
import { readSecrets } from '@vera/service-kit/read-secrets';
import type * as z from 'zod/mini';
import { type AuthPortal, createAuthPortal } from './auth-portal.ts';
import type { authPortalEnv } from './env.ts';
import { authPortalSecrets } from './secrets.ts';
import { createSlackSignIn } from './slack-sign-in.ts';

/** Makes the auth portal of this process: its secret, its clients, its pages. */
export async function createAuthPortalFromEnv(env: z.output<typeof authPortalEnv>, log: Log): Promise<AuthPortal> {
  // A person waits for the page: two tries of two seconds each.
  const defaults = awsDefaults(2_000, 2);
  const secrets = await readSecrets(new SecretsManagerClient(defaults), env.SECRET_ID, authPortalSecrets);
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = secrets;
  const slackUrl = env.SLACK_URL ?? 'https://slack.com';
  const table = { client: new DynamoDBClient(defaults), tableName: env.ACCOUNTS_TABLE, now: Date.now };
  const lambda = new LambdaClient(defaults);
  return createAuthPortal({
    key: secrets.PORTAL_TICKET_KEY,
    now: Date.now,
    random: () => randomBytes(32).toString('base64url'),
    shelf: createDynamoAccountShelf(table),
    links: createDynamoLinks(table),
    flows: createDynamoFlows(table),
    waiting: createDynamoWaitingQuestions({ ...table, log }),
    forward: async (question) => {
      await lambda.send(
        new InvokeCommand({ FunctionName: env.INVOKER_FUNCTION, InvocationType: 'Event', Payload: JSON.stringify(question) }),
      );
    },
    seal: createKmsSeal({ client: new KMSClient(defaults), keyId: env.ACCOUNTS_KEY }),
    clients: providerClients(secrets, env, Date.now),
    signIn: clientId && clientSecret ? createSlackSignIn({ clientId, clientSecret, slackUrl, now: Date.now }) : undefined,
    slackUrl,
    log,
  });
}
