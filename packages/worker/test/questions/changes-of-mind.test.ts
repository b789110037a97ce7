import type { Question } from '@vera/protocol/question';
import { describe, expect, test } from 'vitest';
import { clickOf } from '../changes/click-of.ts';
import { startGate } from '../changes/start-gate.ts';
import { shownByReceiver } from './shown-by-receiver.ts';

const offer = { tools: [], ownTools: [], personTools: [], systems: [], troubles: () => [] };

/** Servers that take until `opened` to be connected. */
function slowServers() {
  const opened = Promise.withResolvers<void>();
  return { opened, offerTools: () => opened.promise.then(() => offer) };
}
const write = [{ call: 'write_note', input: { text: 'x' } }];

describe('a question that is deleted', () => {
  test('while its servers are being connected asks no model, posts nothing and ends', async () => {
    const { opened, offerTools } = slowServers();
    await using worker = await startGate(['Never said.'], { offerTools, heartbeat: 60_000 });
    const question = await worker.asked('<@UVERA> who is on call?');
    expect(await worker.inbox.withdraw(question)).toMatchObject({ kind: 'open' });
    opened.resolve();
    expect(await worker.closed(question)).toMatchObject({ state: 'stopped', reason: 'withdrawn' });
    expect(worker.bedrock.requests).toEqual([]);
    expect(worker.replies(question)).toEqual([]);
    expect(worker.slack.session('COPS', question.threadTs)?.status).not.toBe('processing');
  });

  test('after part of its answer stood there takes that part away', async () => {
    await using worker = await startGate([['Some of it. ', { hang: true }]]);
    const question = await worker.asked('<@UVERA> tell me');
    await expect.poll(() => worker.text(question)).toContain('Some of it.');
    await worker.inbox.withdraw(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'stopped', reason: 'withdrawn' });
    expect(worker.replies(question)).toEqual([]);
  });

  test('while it waits for an approval shows at once that nothing will be done, and its button does nothing', async () => {
    await using worker = await startGate([write]);
    const question = await worker.asked();
    await worker.waits(question);
    const found = await worker.inbox.withdraw(question);
    await shownByReceiver(worker, question);
    if (found?.kind === 'open') await worker.intake.accept(found.question);
    expect(await worker.closed(question)).toMatchObject({ state: 'stopped', reason: 'withdrawn' });
    expect(worker.slack.session('COPS', question.threadTs)?.status).toBe('active');
    expect(worker.cardText(question)).not.toContain('change.approve');
    expect(worker.cardText(question)).toContain('Nothing was changed');
    expect(worker.notes.written).toEqual([]);
  });

  test('after it was approved, before it began, is not carried out', async () => {
    await using worker = await startGate([write]);
    const question = await worker.asked();
    await worker.waits(question);
    const lost = await worker.press(question, 'deny', { userId: 'UBOB' });
    expect(lost.kind).toBe('refused');
    expect((await worker.decisions.decide(await clickOf(worker, question))).kind).toBe('decided');
    await worker.inbox.withdraw(question);
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'stopped' });
    expect(worker.notes.written).toEqual([]);
  });

  test('before it was approved, is told to whoever says yes all the same', async () => {
    await using worker = await startGate([write]);
    const question = await worker.asked();
    await worker.waits(question);
    await worker.inbox.withdraw(question);
    expect(await worker.press(question, 'approve')).toEqual({ kind: 'refused', refusal: { kind: 'stopped' } });
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'stopped' });
    expect(worker.notes.written).toEqual([]);
  });

  test('after its change was done, learnt of by the last look alone: its card still says so', async () => {
    const going = Promise.withResolvers<void>();
    await using worker = await startGate([write, ['It is written. ', { until: going.promise }, 'Bye.']], { heartbeat: 60_000 });
    const question = await worker.asked();
    await worker.waits(question);
    await worker.press(question, 'approve');
    await expect.poll(() => worker.text(question)).toContain('It is written.');
    await worker.inbox.withdraw(question);
    going.resolve();
    expect(await worker.closed(question)).toMatchObject({ state: 'stopped', reason: 'withdrawn' });
    expect(worker.cardText(question)).toContain('Done');
    expect(worker.notes.written).toHaveLength(1);
    expect(worker.lines.filter(({ event }) => event === 'question.leased')).toHaveLength(2);
  });

  test('whose worker died is ended by the next one, which takes away what stood there', async () => {
    await using worker = await startGate(['Never said.']);
    const question = await worker.ask({ text: '<@UVERA> hi' });
    const lease = await worker.leasedBy('dead', question);
    const { ts } = await worker.call('chat.postMessage', { channel: 'COPS', thread_ts: question.threadTs, text: 'half' });
    await lease.noteReply(String(ts));
    await worker.inbox.withdraw(question);
    worker.pass(31_000);
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'stopped', reason: 'withdrawn' });
    expect([worker.replies(question), worker.bedrock.requests]).toEqual([[], []]);
  });
});

describe('a thread whose root is gone', () => {
  test('R12 gets no answer, and neither does the channel', async () => {
    await using worker = await startGate([[{ pauseMilliseconds: 50 }, 'Late words.']]);
    const question = await worker.ask({ text: '<@UVERA> who is on call?' });
    worker.slack.remove({ user: 'UANN', channel: 'COPS', ts: question.messageTs });
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'failed', reason: 'undeliverable:thread_not_found' });
    expect(worker.slack.messages('COPS')).toEqual([]);
  });

  test('R12 gets no card and no placeholder either', async () => {
    await using worker = await startGate([write], { slack: { agentFeatures: false } });
    const question = await worker.ask({ text: '<@UVERA> write it' });
    worker.slack.remove({ user: 'UANN', channel: 'COPS', ts: question.messageTs });
    await worker.intake.accept(question);
    await expect.poll(() => worker.slack.calls.filter(({ method }) => method === 'chat.delete').length).toBeGreaterThanOrEqual(2);
    await expect.poll(() => worker.slack.messages('COPS')).toEqual([]);
    expect(worker.notes.written).toEqual([]);
  });
});

describe('a question that is edited', () => {
  const edited = (question: Question) => ({ ...question, text: '<@UVERA> who is on call tomorrow?' });

  test('before the model was asked is answered in its new words', async () => {
    const { opened, offerTools } = slowServers();
    await using worker = await startGate(['Bob.', 'Carol.'], { offerTools, heartbeat: 60_000 });
    const question = await worker.asked('<@UVERA> who is on call?');
    await worker.inbox.edit(edited(question));
    opened.resolve();
    expect(await worker.closed(question)).toMatchObject({ state: 'answered', attempts: 1 });
    expect(worker.bedrock.requests).toHaveLength(1);
    expect(JSON.stringify(worker.bedrock.requests[0]?.messages)).toContain('who is on call tomorrow?');
    expect(worker.text(question)).toBe('Bob.');
  });

  test('while it is answered gets an answer that says which words it answers', async () => {
    const asked = Promise.withResolvers<void>();
    await using worker = await startGate([['Bob. ', { until: asked.promise }, 'Until Friday.']]);
    const question = await worker.asked('<@UVERA> who is on call?');
    await expect.poll(() => worker.text(question)).toContain('Bob.');
    await worker.inbox.edit(edited(question));
    asked.resolve();
    expect(await worker.closed(question)).toMatchObject({ state: 'answered' });
    expect(worker.text(question)).toMatch(/^Bob\. Until Friday\.\n\n_You edited your question while I was answering/);
  });

  test('while it waits for an earlier one is answered in its new words', async () => {
    await using worker = await startGate([[{ pauseMilliseconds: 100 }, 'First.'], 'Second.']);
    const first = await worker.asked('<@UVERA> first');
    const second = await worker.ask({ text: '<@UVERA> second', threadTs: first.messageTs, user: 'UBOB' });
    await worker.intake.accept(second);
    await worker.inbox.edit(edited(second));
    await worker.closed(second);
    expect(JSON.stringify(worker.bedrock.requests[1]?.messages)).toContain('tomorrow');
  });
});

describe('a follow-up', () => {
  /** A thread in which Vera answered Ann. */
  async function answered(script: Parameters<typeof startGate>[0] = ['Bob.', 'Carol.']) {
    const worker = await startGate(script);
    const root = await worker.asked('<@UVERA> who is on call?');
    await worker.closed(root);
    const threadTs = root.messageTs;
    return {
      ...worker,
      root,
      says: (user: string, text: string) => worker.slack.post({ user, channel: 'COPS', text, threadTs }),
      async follows(followUp: NonNullable<Question['followUp']>, text = 'and tomorrow?') {
        const question = await worker.ask({ text, threadTs }, { followUp });
        await worker.intake.accept(question);
        return worker.closed(question);
      },
      hints: () => worker.slack.ephemerals('UANN').map((message) => message.text),
      [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose](),
    };
  }

  test('by the asker alone is answered, with the thread before it', async () => {
    await using thread = await answered();
    expect(await thread.follows('asker')).toMatchObject({ state: 'answered' });
    expect(thread.text(thread.root)).toBe('Bob.\n---\nCarol.');
    expect(JSON.stringify(thread.bedrock.requests[1]?.messages)).toContain('Bob.');
    expect(thread.hints()).toEqual([]);
  });

  test('after somebody else spoke is left to them, with one private hint a thread and no sign of work', async () => {
    await using thread = await answered();
    thread.says('UBOB', 'I take over');
    const statuses = () => thread.slack.calls.filter(({ method }) => method === 'agents.sessions.setStatus').length;
    const before = statuses();
    expect(await thread.follows('asker')).toMatchObject({ state: 'stopped', reason: 'hinted' });
    expect(await thread.follows('asker', 'really?')).toMatchObject({ state: 'stopped', reason: 'not-addressed' });
    expect(thread.hints()).toEqual([expect.stringContaining('write <@UVERA> and your question')]);
    expect([statuses() - before, thread.bedrock.requests.length, thread.replies(thread.root).length]).toEqual([0, 1, 1]);
  });

  test('after somebody else spoke and Ann named Vera again is answered once more', async () => {
    await using thread = await answered(['Bob.', 'Yes.', 'Carol.']);
    thread.says('UBOB', 'I take over');
    const named = await thread.ask({ text: '<@UVERA> is that so?', threadTs: thread.root.messageTs });
    await thread.intake.accept(named);
    await thread.closed(named);
    expect(await thread.follows('asker')).toMatchObject({ state: 'answered' });
  });

  test('where the whole thread may is answered after people, and R8 never after another bot', async () => {
    await using thread = await answered();
    thread.says('UBOB', 'hm');
    expect(await thread.follows('thread')).toMatchObject({ state: 'answered' });
    thread.says('UDEPLOY', 'deployed');
    expect(await thread.follows('thread')).toMatchObject({ state: 'stopped', reason: 'hinted' });
  });

  test('that may only be hinted at is not answered, and a hint that fails is nobody’s problem', async () => {
    await using thread = await answered();
    thread.slack.inject({ method: 'chat.postEphemeral', kind: 'error', error: 'user_not_in_channel' });
    expect(await thread.follows('hint')).toMatchObject({ state: 'stopped', reason: 'hinted' });
    expect(thread.bedrock.requests).toHaveLength(1);
  });

  test('under a card that waits is answered, is no approval, and leaves the card as it is', async () => {
    await using worker = await startGate([write, 'It waits for your yes.', 'Done.']);
    const question = await worker.asked();
    await worker.waits(question);
    const words = await worker.ask({ text: 'ok, do it', threadTs: question.messageTs }, { followUp: 'asker' });
    await worker.intake.accept(words);
    expect(await worker.closed(words)).toMatchObject({ state: 'answered' });
    expect(worker.notes.written).toEqual([]);
    expect((await worker.press(question, 'approve')).kind).toBe('decided');
    await worker.closed(question);
    expect(worker.notes.written).toHaveLength(1);
  });
});
