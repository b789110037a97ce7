import type { Lease, Leases } from '@vera/ledger/ledger';
import { readRetryValue, retryActionId } from '@vera/protocol/action';
import type { Question } from '@vera/protocol/question';
import { expect, test } from 'vitest';
import { mayRetry } from '../../src/failure.ts';
import { startGate } from '../changes/start-gate.ts';
import { shownByReceiver } from './shown-by-receiver.ts';
import { requestsOf } from './start-adding.ts';
import { startScripted } from './start-scripted.ts';

type Gate = Awaited<ReturnType<typeof startGate>>;
const note = { call: 'write_note', input: { text: 'Terminals are offline' } };
const broken = { stop: 'malformed_model_output' } as const;

function buttons(gate: Gate, question: Question): string[] {
  return gate.replies(question).flatMap(({ blocks = [] }) => {
    const elements = blocks.flatMap((block) => (Array.isArray(block.elements) ? block.elements : []));
    return elements.flatMap((one) => (one.action_id === retryActionId ? [String(one.value)] : []));
  });
}

/** The receiver's part is done by the ledger. */
async function press(gate: Gate, question: Question) {
  const retry = readRetryValue(buttons(gate, question).at(-1) ?? '');
  const { teamId, channelId, threadTs, userId } = question;
  const answer = await gate.inbox.retry({ teamId, channelId, threadTs, userId, ...retry! });
  if (answer.kind === 'retried') await gate.intake.accept(answer.question);
  return answer.kind;
}

test('F34 an answer that broke off has a button; once pressed it goes, and the answer comes below', async () => {
  await using gate = await startGate([['Half of ', broken], 'All of it.']);
  const question = await gate.asked();
  expect(await gate.closed(question)).toMatchObject({ state: 'failed' });
  expect(buttons(gate, question)).toEqual([`${question.messageTs}:0`]);
  expect(await press(gate, question)).toBe('retried');
  expect(await gate.closed(question)).toMatchObject({ state: 'answered', leg: 1 });
  expect(buttons(gate, question)).toEqual([]);
  expect(gate.text(question)).toMatch(/^Half of [\s\S]*broke off[\s\S]*\n---\nAll of it\.$/);
});

test('F34 what fails again has a button again', async () => {
  await using gate = await startGate([['Half ', broken], ['Half ', broken], 'All of it.']);
  const question = await gate.asked();
  await gate.closed(question);
  await press(gate, question);
  await expect.poll(() => buttons(gate, question)).toEqual([`${question.messageTs}:1`]);
});

test('F34 a change that was carried out before it failed is not made again, however often it is proposed', async () => {
  await using gate = await startGate([[note], ['It is ', broken], [note], 'It was there already.']);
  const question = await gate.asked();
  await gate.waits(question);
  await gate.press(question, 'approve');
  expect(await gate.closed(question)).toMatchObject({ state: 'failed' });
  await press(gate, question);
  expect(await gate.closed(question)).toMatchObject({ state: 'answered' });
  expect(gate.notes.written).toHaveLength(1);
  expect(gate.cards(question)).toHaveLength(1);
  expect(JSON.stringify(gate.bedrock.requests.at(-1)?.messages)).toContain('Approved and done.');
});

test('F34 a yes that came to nothing before it was lost is not acted on when it is tried again', async () => {
  await using gate = await startGate([[note], 'Nothing was done.']);
  const question = await gate.asked();
  await gate.waits(question);
  const click = gate.press(question, 'approve');
  // The worker that would have done it never comes.
  await gate.intake.close(0);
  await click;
  gate.pass(2_000_000);
  const [record] = await gate.overdue.overdue(gate.now(), 10);
  const claimed = await gate.overdue.claim(record!, gate.now() + 60_000, 'tell');
  expect(await gate.overdue.closeLost(claimed!, 'failed', 'lost')).toBe(true);
  const { teamId, channelId, threadTs, messageTs, userId } = question;
  const answer = await gate.inbox.retry({ teamId, channelId, threadTs, messageTs, userId, leg: claimed!.leg });
  expect(answer.kind).toBe('retried');
  await gate.intakeOf('worker-2').accept(question);
  expect(await gate.closed(question)).toMatchObject({ state: 'answered' });
  expect(gate.notes.written).toEqual([]);
});

test.each(['not-permitted', 'blocked', 'too-large'] as const)('where trying again cannot help there is no button: %s', (code) => {
  expect(mayRetry(code)).toBe(false);
});

test.each([
  ['words without a stream', broken],
  ['an answer', 'All of it.'],
])('no status is left by who dies once the question is closed: %s', async (_, said) => {
  await using worker = await startScripted([said === broken ? [broken] : 'All of it.']);
  const question = await worker.ask({ text: '<@UVERA> tell me' });
  const seen: unknown[] = [];
  const status = () => worker.slack.session(question.channelId, question.threadTs)?.status;
  const leases: Leases = {
    ...worker.leases,
    async lease(...which) {
      const answer = await worker.leases.lease(...which);
      if (answer.kind !== 'leased') return answer;
      seen.push(status());
      const close: Lease['close'] = (...end) => {
        seen.push(status());
        return answer.lease.close(...end);
      };
      return { ...answer, lease: { ...answer.lease, close } };
    },
  };
  await shownByReceiver(worker, question);
  await worker.intakeOf('worker-2', { leases }).accept(question);
  await worker.closed(question);
  expect(seen).toEqual(['processing', 'active']);
});

test.each([
  ['edited then is answered in its new words', 'edit'],
  ['with a message that is deleted then is answered without it', 'delete'],
] as const)('F34 what was stopped or failed and is %s', async (_, how) => {
  await using gate = await startScripted(['Again.']);
  const question = await gate.ask({ text: '<@UVERA> first words' });
  const added = await gate.ask({ text: '<@UVERA> added words', threadTs: question.threadTs });
  const lease = await gate.leasedBy('x', question);
  await lease.fold(added.messageTs);
  await lease.close('failed', 'lost', [added.messageTs]);
  await (await gate.leasedBy('x', added)).close('failed', 'folded');
  gate.pass(1_000);
  if (how === 'edit') await gate.inbox.edit({ ...question, text: '<@UVERA> other words' });
  else await gate.inbox.withdraw(added);
  gate.pass(1_000);
  const again = await gate.inbox.retry({ ...question, leg: 0 });
  if (again.kind !== 'retried') throw new Error('not retried');
  await gate.intake.accept(again.question);
  expect(await gate.closed(question)).toMatchObject({ state: 'answered' });
  const [asked] = requestsOf(gate);
  expect(asked).toContain(how === 'edit' ? 'other words' : 'first words');
  expect(asked?.includes('said meanwhile')).toBe(how === 'edit');
});

test('F34 a follow-up that is deleted once it was tried again leaves no status', async () => {
  await using gate = await startGate([['Never.']]);
  const root = await gate.ask({ text: '<@UVERA> first' });
  await (await gate.leasedBy('x', root)).close('answered');
  const followUp = await gate.ask({ text: 'and now?', threadTs: root.threadTs }, { followUp: 'asker' });
  await (await gate.leasedBy('x', followUp)).close('failed', 'lost');
  expect((await gate.inbox.retry({ ...followUp, leg: 0 })).kind).toBe('retried');
  await shownByReceiver(gate, followUp);
  expect(gate.slack.session(root.channelId, root.threadTs)?.status).toBe('processing');
  expect(await gate.inbox.withdraw(followUp)).toMatchObject({ kind: 'open' });
  await gate.intake.accept(followUp);
  await gate.closed(followUp);
  await expect.poll(() => gate.slack.session(root.channelId, root.threadTs)?.status).toBe('active');
});
