import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import { createKms } from '@vera/aws-stand-in/create-kms';
import { createTable } from '@vera/aws-stand-in/create-table';
import { createAtlassianOAuth } from '@vera/saas-stand-in/oauth/create-atlassian-oauth';
import { createGitHubOAuth } from '@vera/saas-stand-in/oauth/create-github-oauth';
import { signedDataKeys } from '@vera/service-kit/data-keys';
import { signedDynamoDb } from '@vera/service-kit/dynamo-db';
import { createLog } from '@vera/service-kit/log';
import { sdkDataKeys, sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { type AwsEnv, createSignedCalls } from '@vera/service-kit/signed-calls';
import type { ProviderId } from '../src/account.ts';
import { type ConnectParams, connectAccount, disconnectAccount } from '../src/connect-account.ts';
import { createAccessTokens } from '../src/create-access-tokens.ts';
import { createDynamoAccountShelf, createDynamoTokenRotation } from '../src/dynamo-accounts.ts';
import { createDynamoFlows, createDynamoLinks } from '../src/dynamo-single-use.ts';
import { createKmsSeal } from '../src/kms-seal.ts';
import { challengeOf, type OAuthClient } from '../src/oauth-client.ts';
import { providerClients } from '../src/provider-clients.ts';
import type { AccessTokensParams } from '../src/refresh-tokens.ts';
import { accountsTable } from '../src/table.ts';

export const ann = { teamId: 'T01', userId: 'U0ANN' };
export const bob = { teamId: 'T01', userId: 'U0BOB' };
export const keyArn = 'arn:aws:kms:us-east-1:000000000000:key/test';
export const site = { id: 'cloud-1', name: 'northwind', url: 'https://northwind.atlassian.net' };
export const redirectUri = 'https://portal.example/connected/atlassian';
export const verifier = 'v'.repeat(43);
const people = ['Ann', 'Bob'].map((name, index) => ({ id: String(index + 1), name, email: `${name}@northwind.example` }));
const keys = { clientId: 'vera', clientSecret: 'hush' };

/** An accounts table, a key, and both providers, with a clock that the test moves; the worker's adapters on the SDK, the portal's on signed calls. */
export async function startedAccounts({ atlassianApiUrl }: { readonly atlassianApiUrl?: string } = {}) {
  let time = Date.UTC(2026, 10, 23, 10);
  const now = () => time;
  const started = new AsyncDisposableStack();
  const record = createCallRecord();
  const dynamoDb = started.use(await createDynamoDb({ record, onlyConsistentReads: true }));
  const kms = started.use(await createKms({ record, keyArns: [keyArn] }));
  const atlassian = started.use(await createAtlassianOAuth({ ...keys, people, now, sites: [site] }));
  const github = started.use(await createGitHubOAuth({ ...keys, people, now }));
  for (const provider of [atlassian, github]) provider.allowRedirect(redirectUri);
  const options = { region: 'us-east-1', credentials: { accessKeyId: 'worker', secretAccessKey: 'none' }, maxAttempts: 1 };
  const client = new DynamoDBClient({ ...options, endpoint: dynamoDb.url });
  const kmsClient = new KMSClient({ ...options, endpoint: kms.url });
  for (const one of [client, kmsClient]) started.defer(() => one.destroy());
  await createTable(client, 'accounts', accountsTable);
  const table = { dynamoDb: sdkDynamoDb(client), tableName: 'accounts', now };
  const call = signedCallsTo({ AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.url, AWS_ENDPOINT_URL_KMS: kms.url });
  const tableOfPortal = { ...table, dynamoDb: signedDynamoDb(call) };
  const lines: string[] = [];
  const log = createLog({ service: 'test', write: (line) => void lines.push(line) });
  const seal = createKmsSeal({ dataKeys: signedDataKeys(call), keyId: keyArn });
  const workerSeal = createKmsSeal({ dataKeys: sdkDataKeys(kmsClient), keyId: keyArn });
  const connecting: ConnectParams = { shelf: createDynamoAccountShelf(tableOfPortal), seal, now };
  const clients = providerClients(
    { ATLASSIAN_CLIENT_ID: 'vera', ATLASSIAN_CLIENT_SECRET: 'hush', GITHUB_CLIENT_ID: 'vera', GITHUB_CLIENT_SECRET: 'hush' },
    {
      ATLASSIAN_AUTH_URL: atlassian.url,
      ATLASSIAN_API_URL: atlassianApiUrl ?? atlassian.url,
      GITHUB_URL: github.url,
      GITHUB_API_URL: github.url,
    },
    now,
  );
  const clientOf = (provider: ProviderId): OAuthClient => clients.get(provider)!;
  const tokens: AccessTokensParams = {
    rotation: createDynamoTokenRotation(table),
    seal: workerSeal,
    clients,
    now,
    wait: () => delay(2),
    log,
  };
  const codeFor = (provider: ProviderId, personId = '1') => consentCode(clientOf(provider), personId);
  return {
    record,
    dynamoDb,
    kms,
    atlassian,
    github,
    seal,
    workerSeal,
    table,
    lines,
    tokens,
    clientOf,
    codeFor,
    shelf: connecting.shelf,
    links: createDynamoLinks(tableOfPortal),
    flows: createDynamoFlows(tableOfPortal),
    accessTokenOf: createAccessTokens(tokens),
    now,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    exchange: async (person = ann, provider: ProviderId = 'atlassian', code?: string) =>
      connectAccount(connecting, clientOf(provider), person, { code: code ?? (await codeFor(provider)), redirectUri, verifier }),
    connect: async (person = ann, provider: ProviderId = 'atlassian', personId = '1') =>
      connectAccount(connecting, clientOf(provider), person, { code: await codeFor(provider, personId), redirectUri, verifier }),
    disconnect: (person = ann, provider: ProviderId = 'atlassian') => disconnectAccount(connecting, clientOf(provider), person),
    async items(): Promise<Record<string, unknown>[]> {
      const { Items = [] } = await client.send(new ScanCommand({ TableName: 'accounts', ConsistentRead: true }));
      return Items.map((item) => unmarshall(item));
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

function signedCallsTo(endpoints: Partial<AwsEnv>) {
  const env = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'auth-portal', AWS_SECRET_ACCESS_KEY: 'none', ...endpoints };
  return createSignedCalls({ env, timeout: 60_000, maxAttempts: 1 });
}

/** What a browser brings back after a person agreed. */
async function consentCode(client: OAuthClient, personId: string): Promise<string> {
  const url = client.authorizeUrl({ state: 's', redirectUri, challenge: challengeOf(verifier) });
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams({ choice: personId }), redirect: 'manual' });
  const code = new URL(answer.headers.get('location') ?? 'none:').searchParams.get('code');
  if (!code) throw new Error(`No code: ${answer.status} ${await answer.text()}`);
  return code;
}
