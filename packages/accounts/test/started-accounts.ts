import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import { createKms } from '@vera/aws-stand-in/create-kms';
import { createAtlassianOAuth } from '@vera/saas-stand-in/oauth/create-atlassian-oauth';
import { createGitHubOAuth } from '@vera/saas-stand-in/oauth/create-github-oauth';
import { createLog } from '@vera/service-kit/log';
import type { ProviderId } from '../src/account.ts';
import { type ConnectParams, connectAccount, disconnectAccount } from '../src/connect-account.ts';
import { type AccessTokensParams, createAccessTokens } from '../src/create-access-tokens.ts';
import { createAccountsTable } from '../src/create-accounts-table.ts';
import { createDynamoAccountShelf } from '../src/dynamo-account-shelf.ts';
import { createDynamoFlows } from '../src/dynamo-flows.ts';
import { createDynamoLinks } from '../src/dynamo-links.ts';
import { createDynamoTokenRotation } from '../src/dynamo-token-rotation.ts';
import { createKmsSeal } from '../src/kms-seal.ts';
import type { OAuthClient } from '../src/oauth-client.ts';
import { challengeOf } from '../src/pkce.ts';
import { providerClients } from '../src/provider-clients.ts';

export const ann = { teamId: 'T01', userId: 'U0ANN' };
export const bob = { teamId: 'T01', userId: 'U0BOB' };
export const keyArn = 'arn:aws:kms:us-east-1:000000000000:key/test';
export const site = { id: 'cloud-1', name: 'northwind', url: 'https://northwind.atlassian.net' };
export const redirectUri = 'https://portal.example/connected/atlassian';
export const verifier = 'v'.repeat(43);
const people = ['Ann', 'Bob'].map((name, index) => ({ id: String(index + 1), name, email: `${name}@northwind.example` }));
const keys = { clientId: 'vera', clientSecret: 'hush' };

/** An accounts table, a key, and both providers, with a clock that the test moves. */
export async function startedAccounts() {
  let time = Date.UTC(2026, 10, 23, 10);
  const now = () => time;
  const started = new AsyncDisposableStack();
  const record = createCallRecord();
  const dynamoDb = started.use(await createDynamoDb({ record }));
  const kms = started.use(await createKms({ record, keyArns: [keyArn] }));
  const atlassian = started.use(await createAtlassianOAuth({ ...keys, people, now, sites: [site] }));
  const github = started.use(await createGitHubOAuth({ ...keys, people, now }));
  for (const provider of [atlassian, github]) provider.allowRedirect(redirectUri);
  const options = { region: 'us-east-1', credentials: { accessKeyId: 'worker', secretAccessKey: 'none' }, maxAttempts: 1 };
  const client = new DynamoDBClient({ ...options, endpoint: dynamoDb.url });
  const kmsClient = new KMSClient({ ...options, endpoint: kms.url });
  for (const one of [client, kmsClient]) started.defer(() => one.destroy());
  await createAccountsTable(client, 'accounts');
  const table = { client, tableName: 'accounts', now };
  const lines: string[] = [];
  const log = createLog({ service: 'test', write: (line) => void lines.push(line) });
  const seal = createKmsSeal({ client: kmsClient, keyId: keyArn });
  const connecting: ConnectParams = { shelf: createDynamoAccountShelf(table), seal, now };
  const clients = providerClients(
    { ATLASSIAN_CLIENT_ID: 'vera', ATLASSIAN_CLIENT_SECRET: 'hush', GITHUB_CLIENT_ID: 'vera', GITHUB_CLIENT_SECRET: 'hush' },
    { ATLASSIAN_AUTH_URL: atlassian.url, ATLASSIAN_API_URL: atlassian.url, GITHUB_URL: github.url, GITHUB_API_URL: github.url },
    now,
  );
  const clientOf = (provider: ProviderId): OAuthClient => clients.get(provider)!;
  const tokens: AccessTokensParams = {
    rotation: createDynamoTokenRotation(table),
    seal,
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
    table,
    lines,
    tokens,
    clientOf,
    codeFor,
    shelf: connecting.shelf,
    links: createDynamoLinks(table),
    flows: createDynamoFlows(table),
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

/** What a browser brings back after a person agreed. */
async function consentCode(client: OAuthClient, personId: string): Promise<string> {
  const url = client.authorizeUrl({ state: 's', redirectUri, challenge: challengeOf(verifier) });
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams({ choice: personId }), redirect: 'manual' });
  const code = new URL(answer.headers.get('location') ?? 'none:').searchParams.get('code');
  if (!code) throw new Error(`No code: ${answer.status} ${await answer.text()}`);
  return code;
}
