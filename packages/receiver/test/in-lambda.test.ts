import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { auditTable } from '@vera/audit/table';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createCloudFront } from '@vera/aws-stand-in/create-cloud-front';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import { createLambda, type LambdaEmulator } from '@vera/aws-stand-in/create-lambda';
import { createSecretsManager } from '@vera/aws-stand-in/create-secrets-manager';
import { createTable } from '@vera/aws-stand-in/create-table';
import { ledgerTable } from '@vera/ledger/table';
import { feedbackValueOf } from '@vera/protocol/action';
import { decisionActionIds, decisionValueOf } from '@vera/protocol/decision';
import { questionIdOf } from '@vera/protocol/question';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { receiverPermissions } from '../src/permissions.ts';
import { envelopes } from './envelopes.ts';
import { sign, signingSecret } from './sign.ts';

const entry = fileURLToPath(new URL('../../../dist/receiver/handler.mjs', import.meta.url));
const invoker = fileURLToPath(new URL('fixtures/invoker.mjs', import.meta.url));
const id = questionIdOf({ teamId: 'T01', channelId: 'C01', messageTs: '1766458026.240809' });
const ts = '1766458026.240809';
const frontSecrets = ['s'.repeat(48), 't'.repeat(48)] as const;
const frontDigests = frontSecrets.map((secret) => createHash('sha256').update(secret).digest('hex')).join(',');
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('the receiver as it is deployed', () => {
  const record = createCallRecord();
  const lines: string[] = [];
  const started = new AsyncDisposableStack();
  let lambda: LambdaEmulator;

  beforeAll(async () => {
    const dynamoDb = started.use(await createDynamoDb({ record }));
    const secrets = { vera: { SLACK_SIGNING_SECRET: signingSecret, SLACK_BOT_TOKEN: 'xoxb-not-for-the-receiver' }, empty: {} };
    const secretsManager = started.use(await createSecretsManager({ record, secrets }));
    const environment: Record<string, string> = {
      SECRET_ID: 'vera',
      LEDGER_TABLE: 'vera-ledger',
      AUDIT_TABLE: 'vera-audit',
      AUDIT_DAYS: '400',
      INVOKER_FUNCTION: 'invoker',
      ALLOWED_BOT_IDS: 'B77,B79',
      AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
    };
    const receiver = { entry, timeoutSeconds: 10, functionUrl: true };
    lambda = started.use(
      await createLambda({
        record,
        functions: [
          { ...receiver, name: 'receiver', environment },
          { ...receiver, name: 'behind-front', environment: { ...environment, FRONT_DIGESTS: frontDigests } },
          { ...receiver, name: 'without-secret', environment: { ...environment, SECRET_ID: 'empty' } },
          { ...receiver, name: 'without-environment', environment: { DELIVERY_GRACE_SECONDS: 'hush' } },
          { name: 'invoker', entry: invoker, environment: {}, timeoutSeconds: 60 },
        ],
        onLog: ({ line }) => void lines.push(line),
      }),
    );
    environment.AWS_ENDPOINT_URL_LAMBDA = lambda.url;
    const credentials = { accessKeyId: 'deployment', secretAccessKey: 'none' };
    const client = started.adopt(new DynamoDBClient({ endpoint: dynamoDb.url, region: 'us-east-1', credentials }), (made) =>
      made.destroy(),
    );
    await createTable(client, 'vera-ledger', ledgerTable);
    await createTable(client, 'vera-audit', auditTable);
  });
  beforeEach(() => {
    lines.length = 0;
  });
  afterAll(() => started.disposeAsync());

  function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signed = { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': sign(body, timestamp) };
    const url = `${lambda.urlOf('receiver')}/slack/events`;
    return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...signed, ...headers }, body });
  }

  it('R5 takes a signed question and sends it on once, whatever copies follow', async () => {
    const copies = [envelopes.mention('Ev01'), envelopes.twin('Ev02'), envelopes.mention('Ev01')];
    const retry = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' };
    for (const [index, copy] of copies.entries()) expect((await post(copy, index === 2 ? retry : {})).status).toBe(200);
    await lambda.idle();
    await expect.poll(() => lines).toContain(`invoked with ${id}`);
    expect(record.calls.filter(({ action }) => action === 'lambda:InvokeFunction')).toHaveLength(1);
    expect(lines.join()).not.toMatch(/on call|xoxb|8f742231/);
    const duplicates = lines.filter((line) => line.includes('question.duplicate')).map((line) => JSON.parse(line) as object);
    expect(duplicates).toMatchObject([{}, { retry: 1, retryReason: 'http_timeout' }]);
    expect(duplicates[0]).not.toHaveProperty('retry');
  });

  it('R8 takes what bots of the setting ask, and no others', async () => {
    for (const [index, botId] of ['B77', 'B78', 'B79'].entries()) {
      const bot = { user: `UBOT${index}`, bot_id: botId, app_id: `A${index}`, ts: `1766458027.00000${index}` };
      expect((await post(envelopes.mention(`EvBot${index}`, bot))).status).toBe(200);
    }
    const logged = lines.flatMap((line) => /question\.recorded|another bot/.exec(line)?.[0] ?? []);
    expect(logged).toEqual(['question.recorded', 'another bot', 'question.recorded']);
    await lambda.idle();
  });

  it('reads a click, whose form comes in base64', async () => {
    await post(envelopes.mention());
    const answer = await post(envelopes.feedback(feedbackValueOf('good', ts), ts), form);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
    expect(lines.join()).toContain('feedback.recorded');
  });

  describe('D26 behind a front', () => {
    const slackPost = (body: string, contentType = 'application/json') => {
      const timestamp = String(Math.floor(Date.now() / 1000));
      const signed = { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': sign(body, timestamp) };
      return { method: 'POST', headers: { 'content-type': contentType, ...signed }, body };
    };
    const challenge = JSON.stringify({ type: 'url_verification', token: 'ü'.repeat(10_000), challenge: 'long' });
    const front = (secret: string, signs = false) =>
      createCloudFront({ origin: lambda.urlOf('behind-front'), customHeaders: { 'x-vera-front': secret }, signs });

    it.each([
      ['the secret', frontSecrets[0]],
      ['the one before, while it is being changed', frontSecrets[1]],
    ])(
      'D26 takes what Slack signed, to the byte and without a hash of it, from who shows %s: 20 KB of JSON, and a form',
      async (_, secret) => {
        await using distribution = await front(secret);
        const answer = await fetch(`${distribution.url}/slack/events`, slackPost(challenge));
        expect([answer.status, await answer.json()]).toEqual([200, { challenge: 'long' }]);
        const click = new URLSearchParams({ payload: JSON.stringify({ type: 'block_actions', actions: [], text: 'ü&=+%'.repeat(4000) }) });
        const refusedOnlyForWhatItSays = await fetch(`${distribution.url}/slack/events`, slackPost(String(click), form['content-type']));
        expect([401, 403, 413]).not.toContain(refusedOnlyForWhatItSays.status);
      },
    );

    it('D26 answers 403 at its own URL, to Slack and to whoever makes the header up; a caller’s header never gets through a front', async () => {
      const bare = `${lambda.urlOf('behind-front')}/slack/events`;
      const post = slackPost(challenge);
      const by = async (url: string, shown?: string) =>
        (await fetch(url, { ...post, headers: { ...post.headers, ...(shown === undefined ? {} : { 'x-vera-front': shown }) } })).status;
      expect([await by(bare), await by(bare, ''), await by(bare, 'x'.repeat(48)), await by(bare, frontDigests)]).toEqual([
        403, 403, 403, 403,
      ]);
      await using stranger = await front('x'.repeat(48));
      expect(await by(`${stranger.url}/slack/events`, frontSecrets[0])).toBe(403);
      expect(lines.filter((line) => line.includes('not through the front'))).toHaveLength(5);
      expect(lines.join()).not.toMatch(/x{48}|s{48}/);
    });

    it('D26 would get nothing from Slack behind a front that signs: Slack sends no hash of its body', async () => {
      await using signing = await front(frontSecrets[0], true);
      expect((await fetch(`${signing.url}/slack/events`, slackPost(challenge))).status).toBe(403);
    });
  });

  it('answers the challenge of a new request URL', async () => {
    const answer = await post(JSON.stringify({ token: 't', challenge: '3eZbrw1a', type: 'url_verification' }));
    expect(await answer.json()).toEqual({ challenge: '3eZbrw1a' });
  });

  it('R1 refuses what nobody signed with 401 and asks for no retry: a post, a form, a visit by browser', async () => {
    const url = lambda.urlOf('receiver');
    const unsigned = [
      { method: 'POST', body: envelopes.mention() },
      { method: 'POST', headers: form, body: 'ssl_check=1' },
      {},
      { method: 'DELETE' },
    ];
    for (const request of unsigned) {
      const answer = await fetch(url, request);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('x-slack-no-retry')).toBe('1');
    }
    expect((await post(envelopes.mention(), { 'x-slack-signature': 'v0=é' })).status).toBe(401);
  });

  it('uses no right but those it declares', async () => {
    await post(envelopes.stop(ts));
    const value = decisionValueOf({ messageTs: ts, change: 'c1', hash: '0'.repeat(64) });
    const click = await post(envelopes.decision({ action_id: decisionActionIds.approve, value }), form);
    expect(click.status).toBe(200);
    expect(lines.join()).toContain('change.decision-refused');
    const used = record.calls.filter(({ component }) => component === 'receiver').map(({ action }) => action);
    expect([...new Set(used)].sort()).toEqual([...new Set(Object.values(receiverPermissions).flat())].sort());
  });

  it.each([
    ['without-secret', /Keys of secret empty are missing or wrong: SLACK_SIGNING_SECRET is missing/],
    ['without-environment', /SECRET_ID is missing.*LEDGER_TABLE is missing.*INVOKER_FUNCTION is missing.*DELIVERY_GRACE_SECONDS is wrong/],
  ])('serves nothing %s, and names all that is missing or wrong', async (name, problems) => {
    const { payload, functionError } = await lambda.invoke(name, { headers: {}, isBase64Encoded: false });
    expect(functionError).toBe('Unhandled');
    expect(payload).toMatchObject({ errorMessage: expect.stringMatching(problems) });
    expect(JSON.stringify(payload)).not.toContain('hush');
    expect((await fetch(lambda.urlOf(name), { method: 'POST', body: '{}' })).status).toBe(502);
  });
});
