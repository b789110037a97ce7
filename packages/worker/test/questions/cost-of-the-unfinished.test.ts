import type { Question } from '@vera/protocol/question';
import { expect, test } from 'vitest';
import { startScripted } from './start-scripted.ts';

type Worker = Awaited<ReturnType<typeof startScripted>>;

const never = new Promise<never>(() => undefined);

/** Notes under what was said last. */
function notesOf(worker: Worker, question: Question): readonly string[] {
  const blocks = worker.replies(question).flatMap(({ blocks: under = [] }) => under);
  return blocks.flatMap(({ type, elements }) => (type === 'context' ? String((elements as { text: string }[])[0]?.text) : []));
}

const spentOf = (worker: Worker) => worker.lines.filter(({ event }) => event === 'question.spent');
const dayOf = (worker: Worker) =>
  worker.purses.read({ kind: 'person', teamId: 'T01', id: 'UANN', day: new Date(worker.now()).toISOString().slice(0, 10) });

async function stopped(worker: Worker, question: Question) {
  const { bring } = await worker.inbox.requestStop({ ...question, ts: '4000000000.000000', mayStopAll: false });
  for (const one of bring) await worker.intake.accept(one);
  return worker.closed(question);
}

/** Its model has begun to say something, and never ends. */
async function talking(options: { readonly showsCost: boolean }) {
  const worker = await startScripted([['It is ', { until: never }]], options);
  const question = await worker.ask({ text: '<@UVERA> deploy it' });
  await worker.intake.accept(question);
  await expect.poll(() => worker.bedrock.requests.length).toBe(1);
  return { worker, question, [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose]() };
}

test('what was stopped in a model call came to at most what that may cost: the answer, the record, the day and the log say so', async () => {
  await using started = await talking({ showsCost: true });
  const { worker, question } = started;
  const { tokens = 0, calls, isAtMost } = (await stopped(worker, question)) ?? {};
  expect([calls, isAtMost]).toEqual([1, true]);
  expect(notesOf(worker, question)).toEqual([expect.stringMatching(`^at most ${tokens.toLocaleString('en')} tokens, \\$\\d+\\.\\d\\d$`)]);
  expect(spentOf(worker)).toEqual([expect.objectContaining({ calls: 1, tokens, isAtMost: true })]);
  expect(await dayOf(worker)).toMatchObject({ tokens, isAtMost: true });
});

test('what a stopped question came to stands under it only where costs are shown, and where there are any', async () => {
  await using silent = await talking({ showsCost: false });
  await stopped(silent.worker, silent.question);
  expect(notesOf(silent.worker, silent.question)).toEqual([]);
  await using worker = await startScripted([], { showsCost: true });
  const question = await worker.ask({ text: '<@UVERA> deploy it' });
  await worker.inbox.requestStop({ ...question, ts: '4000000000.000000', mayStopAll: false });
  await worker.intake.accept(question);
  await worker.closed(question);
  expect(worker.text(question)).toBe('_Stopped before I began._');
  expect(notesOf(worker, question)).toEqual([]);
});

test('an answer out of time says the most it can have cost; what ends by a limit after its calls, what they came to', async () => {
  await using late = await startScripted([['It is ', { until: never }]], { showsCost: true, patience: 2_000 });
  const question = await late.ask({ text: '<@UVERA> deploy it' });
  await late.intake.accept(question);
  expect(await late.closed(question)).toMatchObject({ state: 'failed', reason: 'timed-out', isAtMost: true });
  expect(notesOf(late, question)).toEqual([expect.stringMatching(/^at most /)]);
  await using used = await startScripted(() => [{ call: 'nothing', input: {} }], { showsCost: true, limits: { calls: 2 } });
  const other = await used.ask({ text: '<@UVERA> deploy it' });
  await used.intake.accept(other);
  expect(await used.closed(other)).toMatchObject({ state: 'failed', reason: 'too-many-steps', calls: 2 });
  expect(notesOf(used, other)).toEqual([expect.stringMatching(/^[\d,]+ tokens, /)]);
  expect(spentOf(used)).toEqual([expect.not.objectContaining({ isAtMost: true })]);
});

test('the answer of a question whose first worker died in a call says at most, as nobody knows what that one cost', async () => {
  await using worker = await startScripted(() => 'Fine.', { showsCost: true });
  const question = await worker.ask({ text: '<@UVERA> hello' });
  const dead = { id: 'dead', most: { calls: 1, tokens: 20_000, microDollars: 40_000 } };
  await worker.purses.reserve({ kind: 'question', question }, dead, {});
  await worker.intake.accept(question);
  const { tokens = 0, isAtMost } = (await worker.closed(question)) ?? {};
  expect([tokens > 20_000, isAtMost]).toEqual([true, true]);
  expect(notesOf(worker, question)[0]).toContain(` · at most ${tokens.toLocaleString('en')} tokens, $0.04`);
});
