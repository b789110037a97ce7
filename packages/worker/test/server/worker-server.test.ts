import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { type Question, questionSchema } from '@vera/protocol/question';
import type { Work } from '@vera/protocol/work';
import { createLog } from '@vera/service-kit/log';
import { describe, expect, test } from 'vitest';
import { createHealth } from '../../src/server/health.ts';
import { createWorkerServer, type WorkerServerParams } from '../../src/server/worker-server.ts';

const question: Question = questionSchema.parse({
  kind: 'question',
  id: 'q-0123456789abcdef',
  teamId: 'T01',
  channelId: 'COPS',
  threadTs: '1766458026.240809',
  messageTs: '1766458026.240809',
  userId: 'UANN',
  userTeamId: 'T01',
  botUserId: 'UVERA',
  text: 'who is on call?',
  files: [],
  isDirect: false,
  isExternal: false,
});
const session = { 'x-amzn-bedrock-agentcore-runtime-session-id': 's'.repeat(64) };
const json = { ...session, 'content-type': 'application/json' };

async function start(
  accept: WorkerServerParams['accept'] = async () => 'started',
  loading: Partial<Pick<WorkerServerParams, 'isReady' | 'warmUp'>> = {},
) {
  const lines: string[] = [];
  const log = createLog({ service: 'worker', write: (line) => lines.push(line) });
  const health = createHealth(() => 1_763_856_000_000);
  const app = createWorkerServer({ health, accept, log, isReady: () => true, warmUp: async () => undefined, ...loading });
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    lines,
    health,
    invoke: (body: string, headers: Record<string, string> = json) => fetch(`${url}/invocations`, { method: 'POST', body, headers }),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

describe('POST /invocations', () => {
  test('what fails is logged with the question, its thread, its session and the request', async () => {
    await using worker = await start(() => Promise.reject(new Error('the ledger is away')));
    const request = 'f0e1d2c3-0000-4000-8000-000000000000';
    const headers = { ...json, 'x-amzn-bedrock-agentcore-runtime-request-id': request };
    expect((await worker.invoke(JSON.stringify(question), headers)).status).toBe(500);
    const { id, teamId: team, channelId: channel, threadTs: thread, messageTs: message } = question;
    expect(JSON.parse(worker.lines.at(-1) ?? '')).toMatchObject({
      event: 'invocation.failed',
      ...{ question: id, team, channel, thread, message, session: 's'.repeat(64), request },
    });
  });

  test('a question is answered at once with what became of it', async () => {
    const accepted: Work[] = [];
    await using worker = await start(async (given) => {
      accepted.push(given);
      return 'waiting';
    });
    const response = await worker.invoke(JSON.stringify(question));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'waiting', question: question.id });
    expect(accepted).toEqual([question]);
  });

  test('charset and case of the headers do not matter', async () => {
    await using worker = await start();
    const headers = { 'X-Amzn-Bedrock-AgentCore-Runtime-Session-Id': 's'.repeat(64), 'Content-Type': 'application/json; charset=utf-8' };
    expect((await worker.invoke(JSON.stringify(question), headers)).status).toBe(200);
  });

  test.each([
    ['without a session', JSON.stringify(question), { 'content-type': 'application/json' }, 400],
    ['of another type', JSON.stringify(question), { ...session, 'content-type': 'text/plain' }, 415],
    ['that is not JSON', '{"kind":', json, 400],
    ['that is empty', '', json, 400],
    ['that is null', 'null', json, 400],
    ['that is a list', '[]', json, 400],
    ['without a text', JSON.stringify({ ...question, text: undefined }), json, 400],
    ['of another kind', JSON.stringify({ ...question, kind: 'resume' }), json, 400],
  ])('a body %s is refused', async (_, body, headers, status) => {
    await using worker = await start();
    const response = await worker.invoke(body, headers);
    expect(response.status).toBe(status);
    expect(Object.keys((await response.json()) as object)).toEqual(['error']);
  });

  test('what was wrong is logged by name, never the body', async () => {
    await using worker = await start();
    await worker.invoke(JSON.stringify({ ...question, text: 7, userId: undefined, secret: 'do not log this' }));
    expect(worker.lines.map((line) => JSON.parse(line))).toMatchObject([{ event: 'invocation.refused', problems: ['userId', 'text'] }]);
    expect(worker.lines.join('')).not.toContain('do not log');
  });

  test('R23 a ledger that fails is a 500 without its words, so that the invoker tries again', async () => {
    await using worker = await start(() => Promise.reject(new Error('arn:aws:dynamodb:us-east-1:123456789012:table/ledger')));
    const response = await worker.invoke(JSON.stringify(question));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('arn:');
    expect(worker.lines.join('')).toContain('invocation.failed');
  });

  test('a body of 99 MB is read, and /ping is answered meanwhile', async () => {
    await using worker = await start();
    const large = JSON.stringify({ ...question, text: 'x'.repeat(99_000_000) });
    const invoked = worker.invoke(large);
    const pings: number[] = [];
    let isDone = false;
    void invoked.finally(() => {
      isDone = true;
    });
    while (!isDone) pings.push((await fetch(`${worker.url}/ping`)).status);
    expect((await invoked).status).toBe(200);
    expect(pings.length).toBeGreaterThan(2);
    expect(new Set(pings)).toEqual(new Set([200]));
  });

  test('a body beyond what AgentCore passes is refused before it is sent', async () => {
    await using worker = await start();
    const status = await new Promise((resolve, reject) => {
      const headers = { ...json, 'content-length': '100000001' };
      const sent = request(`${worker.url}/invocations`, { method: 'POST', headers }, (response) => {
        resolve(response.statusCode);
        sent.destroy();
      });
      sent.on('error', reject);
      sent.write('{');
    });
    expect(status).toBe(413);
  });
});

describe('GET /ping', () => {
  test('it tells status and time as AgentCore reads them', async () => {
    await using worker = await start();
    const response = await fetch(`${worker.url}/ping`);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toEqual({ status: 'Healthy', time_of_last_update: 1_763_856_000 });
  });

  test('R25 it says HealthyBusy while work goes on after the call was answered', async () => {
    const work = Promise.withResolvers<void>();
    await using worker = await start(async () => 'started');
    const running = worker.health.during(() => work.promise);
    expect(await (await fetch(`${worker.url}/ping`)).json()).toMatchObject({ status: 'HealthyBusy' });
    work.resolve();
    await running;
    expect(await (await fetch(`${worker.url}/ping`)).json()).toMatchObject({ status: 'Healthy' });
  });
});

test('what a snapshot shall hold is loaded by the build hook, which is answered when it is done; until then no ping is healthy', async () => {
  const loaded = Promise.withResolvers<void>();
  let isReady = false;
  await using worker = await start(undefined, { isReady: () => isReady, warmUp: () => loaded.promise });
  const hook = fetch(`${worker.url}/warmup`, { method: 'POST' });
  const early = await fetch(`${worker.url}/ping`);
  expect([early.status, await early.json()]).toEqual([503, { status: 'Starting' }]);
  isReady = true;
  loaded.resolve();
  expect((await hook).status).toBe(200);
  expect((await fetch(`${worker.url}/ping`)).status).toBe(200);
});

test('a build hook that cannot load it says so, and the log why', async () => {
  await using worker = await start(undefined, { warmUp: () => Promise.reject(new Error('no such chunk')) });
  expect((await fetch(`${worker.url}/warmup`, { method: 'POST' })).status).toBe(500);
  expect(worker.lines.join()).toContain('no such chunk');
});

test.each([
  ['GET', '/'],
  ['GET', '/invocations'],
  ['POST', '/ping'],
  ['GET', '/warmup'],
  ['GET', '/ws'],
])('%s %s is not there', async (method, path) => {
  await using worker = await start();
  const response = await fetch(`${worker.url}${path}`, { method });
  expect([response.status, await response.json()]).toEqual([404, { error: 'Not found' }]);
});
