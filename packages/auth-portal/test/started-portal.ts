import { randomBytes, randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoAccountShelf } from '@vera/accounts/dynamo-accounts';
import { createDynamoFlows, createDynamoLinks } from '@vera/accounts/dynamo-single-use';
import { createDynamoWaitingQuestions } from '@vera/accounts/dynamo-waiting-questions';
import { createKmsSeal } from '@vera/accounts/kms-seal';
import { type Addressee, issueTicket } from '@vera/accounts/portal-ticket';
import { providerClients } from '@vera/accounts/provider-clients';
import { accountsTable } from '@vera/accounts/table';
import type { Act } from '@vera/audit/act';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import { createKms } from '@vera/aws-stand-in/create-kms';
import { createTable } from '@vera/aws-stand-in/create-table';
import type { Question } from '@vera/protocol/question';
import { createAtlassianOAuth } from '@vera/saas-stand-in/oauth/create-atlassian-oauth';
import { createGitHubOAuth } from '@vera/saas-stand-in/oauth/create-github-oauth';
import { signedDataKeys } from '@vera/service-kit/data-keys';
import { signedDynamoDb } from '@vera/service-kit/dynamo-db';
import { createLog } from '@vera/service-kit/log';
import { createSignedCalls } from '@vera/service-kit/signed-calls';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import { createAuthPortal } from '../src/auth-portal.ts';
import type { AuthPortalParams } from '../src/auth-portal-params.ts';
import { type FunctionUrlEvent, type FunctionUrlResult, toRequest, toResult } from '../src/function-url.ts';
import { createSlackSignIn } from '../src/slack-sign-in.ts';

export const key = 'a-key-of-thirty-two-characters-x';
export const ann = { teamId: 'T0TEST', userId: 'U0ANN' };
export const bob = { teamId: 'T0TEST', userId: 'U0BOB' };
export const domainName = 'abc123.lambda-url.us-east-1.on.aws';
export const origin = `https://${domainName}`;
export const keyArn = 'arn:aws:kms:us-east-1:000000000000:key/test';
export const appKeys = { clientId: 'vera', clientSecret: 'hush-hush' };

/** A workspace with an app that people can sign in to. */
export const workspace = {
  teamId: 'T0TEST',
  teamDomain: 'test',
  appId: 'A0VERA',
  botUserId: 'U0VERA',
  botId: 'B0VERA',
  botName: 'Vera',
  botToken: 'xoxb-test',
  signingSecret: 'signing',
  ...appKeys,
  users: [
    { id: 'U0ANN', name: 'ann', realName: 'Ann Lee' },
    { id: 'U0BOB', name: 'bob', realName: 'Bob Ray' },
  ],
  channels: [],
};
const peopleCalled = (name: string) => [
  { id: '1', name, email: 'ann@test.example' },
  { id: '2', name: 'bob', email: 'bob@test.example' },
];
const site = { id: 'cloud-1', name: 'test', url: 'https://test.atlassian.net' };

export type Asked = Partial<FunctionUrlEvent> & { readonly method?: string };

/** The portal behind its function URL, Slack, both providers and AWS emulated, with a clock that the test moves. */
export async function startedPortal(change: Partial<AuthPortalParams> = {}, { accountName = 'ann' } = {}) {
  let time = Date.now();
  const now = () => time;
  const started = new AsyncDisposableStack();
  const record = createCallRecord();
  const slack = started.use(await createSlackEmulator({ workspace, now }));
  const dynamoDb = started.use(await createDynamoDb({ record }));
  const kms = started.use(await createKms({ record, keyArns: [keyArn] }));
  const atlassian = started.use(await createAtlassianOAuth({ ...appKeys, people: peopleCalled(accountName), sites: [site], now }));
  const github = started.use(await createGitHubOAuth({ ...appKeys, people: peopleCalled('ann'), now }));
  slack.allowRedirect(`${origin}/signed-in`);
  atlassian.allowRedirect(`${origin}/connected/atlassian`);
  github.allowRedirect(`${origin}/connected/github`);
  const aws = { region: 'us-east-1', credentials: { accessKeyId: 'auth-portal', secretAccessKey: 'none' }, maxAttempts: 1 };
  const client = new DynamoDBClient({ ...aws, endpoint: dynamoDb.url });
  started.defer(() => client.destroy());
  const env = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'auth-portal', AWS_SECRET_ACCESS_KEY: 'none' };
  const endpoints = { AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.url, AWS_ENDPOINT_URL_KMS: kms.url };
  const call = createSignedCalls({ env: { ...env, ...endpoints }, timeout: 60_000, maxAttempts: 1 });
  await createTable(client, 'accounts', accountsTable);
  const table = { dynamoDb: signedDynamoDb(call), tableName: 'accounts', now };
  const lines: string[] = [];
  const log = createLog({ service: 'auth-portal', write: (line) => void lines.push(line) });
  const { clientId, clientSecret } = appKeys;
  const keys = {
    ATLASSIAN_CLIENT_ID: clientId,
    ATLASSIAN_CLIENT_SECRET: clientSecret,
    GITHUB_CLIENT_ID: clientId,
    GITHUB_CLIENT_SECRET: clientSecret,
  };
  const urls = { ATLASSIAN_AUTH_URL: atlassian.url, ATLASSIAN_API_URL: atlassian.url, GITHUB_URL: github.url, GITHUB_API_URL: github.url };
  const waiting = createDynamoWaitingQuestions({ ...table, log });
  const forwarded: Question[] = [];
  const acts: Act[] = [];
  const portal = createAuthPortal({
    key,
    now,
    log,
    random: () => randomBytes(32).toString('base64url'),
    shelf: createDynamoAccountShelf(table),
    links: createDynamoLinks(table),
    flows: createDynamoFlows(table),
    seal: createKmsSeal({ dataKeys: signedDataKeys(call), keyId: keyArn }),
    clients: providerClients(keys, urls, now),
    waiting,
    note: async (act) => {
      acts.push(act);
      return true;
    },
    forward: async (question) => void forwarded.push(question),
    signIn: createSlackSignIn({ ...appKeys, slackUrl: slack.url, now }),
    slackUrl: 'https://slack.com',
    ...change,
  });
  const ask = async ({ method = 'GET', ...rest }: Asked): Promise<FunctionUrlResult> => {
    const event = { rawPath: '/', rawQueryString: '', requestContext: { domainName, http: { method } }, ...rest };
    return toResult(await portal(toRequest(event)));
  };
  return {
    ask,
    lines,
    /** What went into the audit log. */
    acts,
    waiting,
    /** What the invoker was handed. */
    forwarded,
    now,
    slack,
    atlassian,
    github,
    dynamoDb,
    kms,
    record,
    pass(milliseconds: number) {
      time += milliseconds;
    },
    ticketOf: (person: Addressee = ann, id: string = randomUUID()) => issueTicket(key, person, id, time),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
