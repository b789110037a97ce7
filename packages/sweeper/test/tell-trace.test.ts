import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createXRay } from '@vera/aws-stand-in/create-x-ray';
import type { QuestionRecord } from '@vera/ledger/ledger';
import { beginTrace } from '@vera/protocol/trace';
import { createLog } from '@vera/service-kit/log';
import { createSignedCalls } from '@vera/service-kit/signed-calls';
import { expect, it } from 'vitest';
import { createTellTrace } from '../src/tell-trace.ts';
import { startedSweeper } from './started-sweeper.ts';

const [traceId, root, taking] = ['0123456789abcdef0123456789abcdef', '0123456789abcdef', 'fedcba9876543210fedcba9876543210'];
const began = Date.now() - 60_000;

async function startedCollector() {
  const xRay = await createXRay({ record: createCallRecord() });
  const lines: { readonly event: string }[] = [];
  const log = createLog({ service: 'sweeper', write: (line) => void lines.push(JSON.parse(line)) });
  const env = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'sweeper', AWS_SECRET_ACCESS_KEY: 'none', AWS_ENDPOINT_URL_XRAY: xRay.url };
  const call = createSignedCalls({ env, timeout: 30_000, maxAttempts: 1 });
  const tell = createTellTrace({ call, now: () => began + 50_000, log });
  return { xRay, lines, tell, [Symbol.asyncDispose]: () => xRay[Symbol.asyncDispose]() };
}

function recordOf(more: Partial<QuestionRecord> = {}, isSampled = true): QuestionRecord {
  const question = {
    ...({
      kind: 'question',
      id: 'q-0123456789abcdef',
      teamId: 'T01',
      channelId: 'C01',
      threadTs: '1.000001',
      messageTs: '1.000001',
    } as const),
    ...{ userId: 'U01', userTeamId: 'T01', botUserId: 'U0VERA', text: 'a secret of mine', files: [], isDirect: false, isExternal: false },
    trace: beginTrace(traceId, isSampled, { name: 'receive', id: root, at: began, until: began + 9 }),
  };
  const rest = { state: 'received', attempts: 0, receivedAt: began, leg: 0, changes: {}, replies: [], feedback: {} } as const;
  return { question, ...rest, ...more };
}

const lost = { at: began + 40_000, outcome: 'lost' };
const died = {
  ...({ state: 'running', attempts: 3, leaseOwner: 'worker-1', leaseWrite: taking } as const),
  ...{ takenAt: began + 10_000, dueAt: began + 30_000 },
};

it('the trace of a question that reached no worker says how it came in, and that it was lost', async () => {
  await using collector = await startedCollector();
  await collector.tell(recordOf(), lost);
  expect(collector.xRay.spansOf('q-0123456789abcdef')).toMatchObject([
    { trace: traceId, id: root, parent: undefined, name: 'receive', at: began, until: began + 9, isError: false },
    {
      ...{ trace: traceId, parent: root, name: 'lost', at: began + 40_000, until: began + 50_000, isError: true, links: [] },
      attributes: { 'vera.outcome': 'lost', 'vera.component': 'sweeper', 'gen_ai.conversation.id': 'C01/1.000001' },
      resource: { 'service.name': 'vera-sweeper' },
    },
  ]);
  expect(JSON.stringify(collector.xRay.spans)).not.toContain('secret');
});

it('that of one whose last worker died says so, by the span that the worker’s calls are below', async () => {
  await using collector = await startedCollector();
  await collector.tell(recordOf(died), lost);
  expect(collector.xRay.spans).toMatchObject([
    {
      ...{ id: taking.slice(0, 16), parent: root, name: 'attempt', at: began + 10_000, until: began + 30_000, isError: true },
      attributes: { 'vera.outcome': 'cut-off', 'vera.component': 'worker' },
    },
    { name: 'lost' },
  ]);
});

it('that of one whose end was found in its thread is no failure, and what the sweeper had in hand is no attempt', async () => {
  await using collector = await startedCollector();
  await collector.tell(recordOf({ ...died, leaseOwner: 'sweeper' }), { ...lost, outcome: 'answered' });
  expect(collector.xRay.spans).toMatchObject([{ name: 'lost', isError: false, attributes: { 'vera.outcome': 'answered' } }]);
});

it('D31 nothing is told of a trace that is not kept, or that is not there', async () => {
  await using collector = await startedCollector();
  await collector.tell(recordOf({}, false), lost);
  const { question, ...rest } = recordOf();
  const { trace: _, ...untraced } = question;
  await collector.tell({ ...rest, question: untraced }, lost);
  expect(collector.xRay.spans).toEqual([]);
});

it('D30 a collector that refuses it costs the sweeper nothing but a line of its log', async () => {
  await using collector = await startedCollector();
  collector.xRay.inject({ kind: 'denied' });
  await collector.tell(recordOf(), lost);
  expect(collector.lines).toMatchObject([{ event: 'trace.not-sent', spans: 2 }]);
});

it('a question that is given up is told of as it was found: with the lease of the worker that died', async () => {
  await using sweeper = await startedSweeper();
  const question = await sweeper.asked();
  await sweeper.wearOut(question);
  await sweeper.sweepLater();
  expect(sweeper.told).toMatchObject([{ record: { state: 'running', attempts: 3, leaseOwner: 'worker-1' }, end: { outcome: 'lost' } }]);
});
