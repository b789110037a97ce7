import { listen } from '@vera/emulators/listen';
import type { Question } from '@vera/protocol/question';
import { createLog } from '@vera/service-kit/log';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHealth } from '../../src/server/health.ts';
import { createWorkerServer } from '../../src/server/worker-server.ts';

const question: Question = {
  kind: 'question',
  id: 'q-0123456789abcdef',
  teamId: 'T0',
  channelId: 'C0',
  threadTs: '1.000001',
  messageTs: '1.000001',
  userId: 'U0',
  userTeamId: 'T0',
  botUserId: 'U0VERA',
  text: 'hello',
  files: [],
  isDirect: false,
  isExternal: false,
};
const accepted: Question[] = [];
const lines: string[] = [];
let isLedgerDown = false;
let server: Awaited<ReturnType<typeof listen>>;

beforeAll(async () => {
  const app = createWorkerServer({
    health: createHealth(() => 1_763_856_000_000),
    log: createLog({ service: 'worker', write: (line) => void lines.push(line) }),
    async accept(one) {
      if (isLedgerDown) throw new Error('the ledger is down, and this text is nobody’s business');
      accepted.push(one);
      return 'started';
    },
  });
  server = await listen((request) => app.fetch(request));
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
});

const session = { 'x-amzn-bedrock-agentcore-runtime-session-id': 'a'.repeat(64) };
const invoke = (body: BodyInit, headers: Record<string, string> = { ...session, 'content-type': 'application/json' }) =>
  fetch(`${server.url}/invocations`, { method: 'POST', headers, body });

test('/ping answers in the form AgentCore reads', async () => {
  const answer = await fetch(`${server.url}/ping`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(await answer.json()).toEqual({ status: 'Healthy', time_of_last_update: 1_763_856_000 });
});

test('a question is taken in hand and answered at once', async () => {
  const answer = await invoke(JSON.stringify(question));
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ status: 'started', question: question.id });
  expect(accepted).toEqual([question]);
});

test.each([
  ['no session id', JSON.stringify(question), { 'content-type': 'application/json' }, 400],
  ['another content type', JSON.stringify(question), { ...session, 'content-type': 'application/octet-stream' }, 415],
  ['a body that is not JSON', '{"kind":', undefined, 400],
  ['JSON of another shape', '{"kind":"question","id":7}', undefined, 400],
  ['an empty body', '', undefined, 400],
] as const)('%s is refused with %s', async (_, body, headers, status) => {
  const before = accepted.length;
  expect((await invoke(body, headers)).status).toBe(status);
  expect(accepted).toHaveLength(before);
});

test('a body near the platform’s 100 MB is read, not refused for its size; one above is', { timeout: 30_000 }, async () => {
  const text = 'x'.repeat(60_000_000);
  expect((await invoke(JSON.stringify({ ...question, text }))).status).toBe(200);
  expect(accepted.pop()?.text).toHaveLength(60_000_000);
  expect((await invoke('x'.repeat(100_000_001))).status).toBe(413);
});

test('a ledger that is down becomes a 500 without its words, so that the invoker tries again', async () => {
  isLedgerDown = true;
  const answer = await invoke(JSON.stringify(question));
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain('nobody');
  expect(lines.some((line) => line.includes('"invocation.failed"'))).toBe(true);
  isLedgerDown = false;
});

test('other paths are not there', async () => {
  expect((await fetch(`${server.url}/`)).status).toBe(404);
  expect((await fetch(`${server.url}/invocations`)).status).toBe(404);
});
