import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoWaitingQuestions } from '@vera/accounts/dynamo-waiting-questions';
import { issueTicket } from '@vera/accounts/portal-ticket';
import { accountsTable } from '@vera/accounts/table';
import { auditTable } from '@vera/audit/table';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createCloudFront } from '@vera/aws-stand-in/create-cloud-front';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import { createKms } from '@vera/aws-stand-in/create-kms';
import { createLambda, type LambdaEmulator } from '@vera/aws-stand-in/create-lambda';
import { createSecretsManager } from '@vera/aws-stand-in/create-secrets-manager';
import { createTable } from '@vera/aws-stand-in/create-table';
import { createAtlassianOAuth } from '@vera/saas-stand-in/oauth/create-atlassian-oauth';
import { createLog } from '@vera/service-kit/log';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toResult } from '../src/function-url.ts';
import { authPortalPermissions } from '../src/permissions.ts';
import { type Asked, ann, appKeys, key, keyArn, workspace } from './started-portal.ts';
import { createTestBrowser } from './test-browser.ts';
import { waitingQuestion } from './waiting-question.ts';

const entry = fileURLToPath(new URL('../../../dist/auth-portal/handler.mjs', import.meta.url));

const frontSecret = 'f'.repeat(48);

async function askAndWait(client: DynamoDBClient): Promise<void> {
  const log = createLog({ service: 'worker', write: () => {} });
  const waiting = createDynamoWaitingQuestions({ dynamoDb: sdkDynamoDb(client), tableName: 'accounts', now: Date.now, log });
  await waiting.put(ann, 'atlassian', waitingQuestion(ann), Date.now() + 60_000);
}

describe('the auth portal as it is deployed', () => {
  const record = createCallRecord();
  const lines: string[] = [];
  /** What the invoker was handed. */
  const handed: unknown[] = [];
  const started = new AsyncDisposableStack();
  let lambda: LambdaEmulator;

  let portalUrl = '';
  /** Of CloudFront before the same portal. */
  let front = '';

  beforeAll(async () => {
    const { clientId, clientSecret } = appKeys;
    const keys = {
      SLACK_CLIENT_ID: clientId,
      SLACK_CLIENT_SECRET: clientSecret,
      ATLASSIAN_CLIENT_ID: clientId,
      ATLASSIAN_CLIENT_SECRET: clientSecret,
    };
    const vera = { SLACK_BOT_TOKEN: 'xoxb-not-for-the-portal', PORTAL_TICKET_KEY: key, ...keys };
    const secretsManager = started.use(await createSecretsManager({ record, secrets: { vera, short: { PORTAL_TICKET_KEY: 'hush' } } }));
    const dynamoDb = started.use(await createDynamoDb({ record }));
    const kms = started.use(await createKms({ record, keyArns: [keyArn] }));
    const slack = started.use(await createSlackEmulator({ workspace }));
    const sites = [{ id: 'cloud-1', name: 'test', url: 'https://test.atlassian.net' }];
    const people = [{ id: '1', name: 'ann', email: 'ann@test.example' }];
    const atlassian = started.use(await createAtlassianOAuth({ ...appKeys, people, sites }));
    const credentials = { accessKeyId: 'deployment', secretAccessKey: 'none' };
    const client = new DynamoDBClient({ endpoint: dynamoDb.url, region: 'us-east-1', credentials });
    await createTable(client, 'accounts', accountsTable);
    await createTable(client, 'audit', auditTable);
    await askAndWait(client);
    client.destroy();
    const environment: Record<string, string> = {
      SECRET_ID: 'vera',
      ACCOUNTS_TABLE: 'accounts',
      AUDIT_TABLE: 'audit',
      AUDIT_DAYS: '400',
      ACCOUNTS_KEY: keyArn,
      INVOKER_FUNCTION: 'invoker',
      SLACK_URL: slack.url,
      ATLASSIAN_AUTH_URL: atlassian.url,
      ATLASSIAN_API_URL: atlassian.url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
      AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.url,
      AWS_ENDPOINT_URL_KMS: kms.url,
    };
    const behindFront: Record<string, string> = { ...environment, FRONT_DIGESTS: createHash('sha256').update(frontSecret).digest('hex') };
    const portal = { entry, timeoutSeconds: 10, memoryMegabytes: 512, functionUrl: true };
    lambda = started.use(
      await createLambda({
        record,
        functions: [
          { ...portal, name: 'auth-portal', environment },
          { ...portal, name: 'behind-front', environment: behindFront },
          { ...portal, name: 'short-key', environment: { ...environment, SECRET_ID: 'short' } },
          { ...portal, name: 'without-environment', environment: {} },
          { ...portal, name: 'invoker', environment: {} },
        ],
        onLog: ({ line }) => void lines.push(line),
      }),
    );
    portalUrl = new URL(lambda.urlOf('auth-portal')).origin;
    // Known only now; the first process of the function starts later.
    environment.PUBLIC_URL = portalUrl;
    environment.AWS_ENDPOINT_URL_LAMBDA = lambda.url;
    const customHeaders = { 'x-vera-front': frontSecret };
    front = started.use(await createCloudFront({ origin: lambda.urlOf('behind-front'), customHeaders })).url;
    behindFront.PUBLIC_URL = front;
    lambda.disturb(({ functionName, payload }) => {
      handed.push([functionName, JSON.parse(payload)]);
      return { drop: true };
    });
    slack.allowRedirect(`${portalUrl}/signed-in`);
    atlassian.allowRedirect(`${portalUrl}/connected/atlassian`);
  });
  afterAll(() => started.disposeAsync());

  const get = (path: string, headers: Record<string, string> = {}) => fetch(new URL(path, portalUrl), { headers, redirect: 'manual' });
  const ask = async ({ method = 'GET', rawPath = '/', rawQueryString = '', cookies = [], headers = {} }: Asked) => {
    const sent = Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
    const url = new URL(`${rawPath}?${rawQueryString}`, portalUrl);
    return toResult(await fetch(url, { method, redirect: 'manual', headers: { ...sent, cookie: ['theme=dark', ...cookies].join('; ') } }));
  };

  it('lets a person in by link and Slack, and connects and ends their account', async () => {
    const ticket = issueTicket(key, ann, 'link-1', Date.now());
    const browser = createTestBrowser({ ask, ticketOf: () => ticket }, portalUrl);
    expect(await browser.signIn()).toMatchObject({ statusCode: 303, headers: { location: '/' } });
    const [, session = ''] = [...browser.jar].find(([name]) => name === '__Host-session') ?? [];
    const page = await browser.open('/');
    expect(page).toMatchObject({ statusCode: 200, headers: { 'content-type': expect.stringMatching(/^text\/html/) } });
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(page.body).toMatch(/<style>:root.*Not connected.*U0ANN/s);
    expect(await browser.connect('atlassian')).toMatchObject({ statusCode: 303, headers: { location: '/' } });
    expect((await browser.open('/')).body).toMatch(/goes on with your question.*As <bdi>ann<\/bdi> on test\.atlassian\.net/s);
    expect(handed).toEqual([['invoker', waitingQuestion(ann)]]);
    expect((await browser.press('/disconnect/atlassian')).statusCode).toBe(303);
    expect(lines.join()).toMatch(/portal\.opened.*portal\.signed-in.*account\.connected.*question\.resumed.*account\.disconnected/);
    for (const secret of ['xoxb', 'a-key-of-thirty', ticket, session, 'eyJ', appKeys.clientSecret])
      expect(lines.join()).not.toContain(secret);
  });

  it('D26 shows its page behind a front, takes a link and the long way back from a provider there, and answers 403 at its own URL', async () => {
    const by = (base: string, path: string, headers = {}) => fetch(new URL(path, base), { headers, redirect: 'manual' });
    const ticket = issueTicket(key, ann, 'link-2', Date.now());
    const opened = await by(front, `/?ticket=${ticket}`);
    expect([opened.status, opened.headers.get('location')]).toEqual([303, '/']);
    const cookie = opened.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    expect([(await by(front, '/', { cookie })).status, cookie]).toEqual([200, expect.stringContaining('__Host-')]);
    const back = await by(front, `/connected/atlassian?state=${'s'.repeat(43)}&code=${'c'.repeat(2500)}`, { cookie });
    expect([back.status, back.headers.get('x-robots-tag')]).toEqual([expect.any(Number), 'noindex']);
    const form = { method: 'POST', redirect: 'manual', headers: { cookie, origin: front, 'sec-fetch-site': 'same-origin' } } as const;
    expect((await fetch(new URL('/sign-in', front), form)).status).toBe(200);
    const bare = lambda.urlOf('behind-front');
    for (const headers of [{}, { 'x-vera-front': 'made up' }])
      expect([(await by(bare, '/', headers)).status, (await by(bare, '/', headers)).headers.get('x-robots-tag')]).toEqual([403, null]);
    expect(lines.join()).toContain('portal.bypassed');
    expect(lines.join()).not.toContain(frontSecret);
  });

  it('refuses everybody else, with the same protection', async () => {
    const expired = issueTicket(key, ann, 'link-1', Date.now() - 600_001);
    const refused = [
      ['/', 403],
      [`/?ticket=${expired}`, 410],
      ['/?ticket=ticket-1.e30.AAAA', 403],
      [`/?ticket=${'%F0%9F'.repeat(1500)}`, 403],
      ['/favicon.ico', 404],
    ] as const;
    for (const [path, status] of refused) {
      const answer = await get(path);
      expect(answer.status, path.slice(0, 40)).toBe(status);
      expect(answer.headers.get('x-frame-options')).toBe('DENY');
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    const form = await fetch(lambda.urlOf('auth-portal'), { method: 'POST', body: new URLSearchParams({ ticket: expired }) });
    expect(form.status).toBe(403);
  });

  it('uses all rights that it declares, and no other', () => {
    const used = record.calls.filter(({ component }) => component === 'auth-portal').map(({ action }) => action);
    expect(new Set(used)).toEqual(new Set(Object.values(authPortalPermissions).flat()));
  });

  it.each([
    ['short-key', /Keys of secret short are missing or wrong: PORTAL_TICKET_KEY is wrong/],
    ['without-environment', /SECRET_ID is missing/],
  ])('serves nothing %s, and says what is wrong', async (name, problems) => {
    const { payload, functionError } = await lambda.invoke(name, {});
    expect(functionError).toBe('Unhandled');
    expect(payload).toMatchObject({ errorMessage: expect.stringMatching(problems) });
    expect(JSON.stringify(payload)).not.toContain('hush');
    expect((await fetch(lambda.urlOf(name))).status).toBe(502);
  });
});
