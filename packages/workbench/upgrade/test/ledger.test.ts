import { describe, expect, it } from 'vitest';
import { lastVersion, thisVersion, type Version } from '../src/doors.ts';
import { began, bothAtOnce, change, person, questionAt, tsAt } from './both-at-once.ts';

const last = await lastVersion();
const first = questionAt(0);
const second = questionAt(20);
const stop = { teamId: 'T01', channelId: 'C01', threadTs: first.threadTs, userId: 'UANN', ts: tsAt(30), mayStopAll: false };
const { teamId, channelId, threadTs, messageTs, userId } = first;
const click = { teamId, channelId, threadTs, messageTs, userId };
const approve = { kind: 'decision', ...click, change: 'c1', hash: change.hash, verdict: 'approve' } as const;
const decision = { kind: 'decision', change: 'c1', until: began + 900_000 } as const;

describe.each<[who: string, one: Version, other: Version]>([
  ['what this version wrote, the last one', thisVersion, last],
  ['what the last version wrote, this one', last, thisVersion],
])('of questions %s', (_, one, other) => {
  it('answers, and is told what becomes of it', async () => {
    await using both = await bothAtOnce(one, other);
    expect(await both.one.inbox.record(first)).toBe(true);
    expect(await both.other.inbox.record(first), 'a second delivery').toBe(false);
    const lease = await both.other.leased(first);
    expect(lease.record).toMatchObject({ question: first, attempts: 1, state: 'running' });
    expect(await lease.noteReply(tsAt(3))).toBe(true);
    expect(await lease.close('answered', undefined, [])).toBe(true);
    expect(await both.one.recordOf(first)).toMatchObject({ state: 'answered', replies: [tsAt(3)] });
    expect(await both.one.inbox.recordFeedback(first, 'UANN', 'bad')).toBe(true);
    expect(await both.other.inbox.recordReason(first, 'UANN', 'too long')).toBe(true);
    expect(await both.one.inbox.conversation(first)).toMatchObject({ lastAsker: 'UANN', answeredAt: began });
    expect(await both.other.recordOf(first)).toMatchObject({ feedback: { UANN: 'bad' }, feedbackReasons: { UANN: 'too long' } });
  });

  it('takes a click on a card of, carries the change out, and waits for an account', async () => {
    await using both = await bothAtOnce(one, other);
    await both.one.inbox.record(first);
    const lease = await both.one.leased(first);
    await lease.noteChange(change);
    expect(await lease.wait(decision, [])).toBe('waiting');
    expect(await both.other.decisions.decide(approve)).toMatchObject({ kind: 'decided', question: { id: first.id } });
    const again = await both.other.leased(first);
    const { c1 } = again.record.changes;
    if (!c1) throw new Error('The change is gone.');
    expect(c1).toMatchObject({ state: 'approved', decidedBy: 'UANN', title: 'Create a bug' });
    const started = await again.noteChange({ ...c1, state: 'started' });
    expect(started).toMatchObject({ state: 'started' });
    expect(await again.release('hindered'), 'its worker is told to end').toBe(true);
    both.pass(60);
    const third = await both.one.leased(first);
    expect(third.record.changes.c1).toMatchObject({ state: 'started', decidedBy: 'UANN' });
    expect(await third.wait({ kind: 'account', provider: 'atlassian', until: began + 900_000 }, [])).toBe('waiting');
    expect(await both.other.recordOf(first)).toMatchObject({ state: 'waiting', waitsFor: { kind: 'account', provider: 'atlassian' } });
  });

  it('does not approve twice, nor after a stop', async () => {
    await using both = await bothAtOnce(one, other);
    await both.one.inbox.record(first);
    const lease = await both.one.leased(first);
    await lease.noteChange(change);
    await lease.wait(decision, []);
    expect(await both.other.inbox.requestStop(stop)).toMatchObject({ reached: 1 });
    expect(await both.one.decisions.decide(approve)).toMatchObject({ kind: 'refused', refusal: { kind: 'stopped' } });
    expect(await both.one.decisions.decide({ ...approve, verdict: 'deny' })).toMatchObject({ kind: 'decided' });
    expect(await both.other.decisions.decide(approve)).toMatchObject({ kind: 'refused', refusal: { kind: 'decided', verdict: 'deny' } });
  });

  it('stops, edits and withdraws, and who is at work hears of it', async () => {
    await using both = await bothAtOnce(one, other);
    for (const question of [first, second]) await both.one.inbox.record(question);
    const lease = await both.one.leased(first);
    both.pass(5);
    await both.other.inbox.edit({ ...first, text: 'who is on call tomorrow?', editedTs: tsAt(5) });
    const { editedAt, held } = await lease.renew();
    expect([held, editedAt > 0]).toEqual([true, true]);
    expect((await both.one.recordOf(first))?.question.text).toBe('who is on call tomorrow?');
    expect(await both.other.inbox.withdraw(second)).toMatchObject({ kind: 'closed' });
    expect(await both.one.recordOf(second)).toMatchObject({ state: 'stopped', reason: 'withdrawn' });
    expect(await both.other.inbox.requestStop(stop)).toMatchObject({ reached: 1, bring: [{ id: first.id }] });
    expect(await lease.renew()).toMatchObject({ held: true, stopRequested: true });
    expect(await lease.close('stopped', undefined, [])).toBe(true);
    expect(await both.other.inbox.retry({ ...click, leg: 0 })).toMatchObject({ kind: 'retried', question: { id: first.id } });
    expect((await both.one.leased(first)).record).toMatchObject({ leg: 1, state: 'running' });
  });

  it('edits what waits under a card, and the older words are not acted on', async () => {
    await using both = await bothAtOnce(one, other);
    await both.one.inbox.record(first);
    const lease = await both.one.leased(first);
    await lease.noteChange(change);
    await lease.wait(decision, []);
    await both.other.inbox.edit({ ...first, text: 'never mind', editedTs: tsAt(5) });
    expect((await both.one.recordOf(first))?.question.text).toBe('never mind');
    // Before 0.2.0 a card was approved as it was shown, whatever the question said since.
    expect((await both.one.decisions.decide(approve)).kind).toMatch(/^(?:decided|refused)$/);
    expect((await both.other.leased(first)).record.question.text).toBe('never mind');
  });

  it('keeps the order of a thread, and what was taken into another question', async () => {
    await using both = await bothAtOnce(one, other);
    for (const question of [first, second]) await both.one.inbox.record(question);
    const lease = await both.one.leased(first);
    expect(await both.other.leases.lease(second, 'worker')).toMatchObject({ kind: 'behind', messageTs: first.messageTs });
    expect(await lease.fold(second.messageTs)).toMatchObject({ foldedInto: first.messageTs });
    expect(await lease.wait({ kind: 'account', provider: 'github', until: began + 900_000 }, [second.messageTs])).toBe('waiting');
    expect(await both.other.leases.lease(second, 'worker')).toMatchObject({ kind: 'behind', messageTs: first.messageTs });
    const again = await both.other.leased(first);
    expect(again.record).toMatchObject({ folded: [second.messageTs], leg: 1 });
    expect(await again.close('answered', undefined, [second.messageTs])).toBe(true);
    const after = await both.one.leased(second);
    expect(after.record).toMatchObject({ foldedInto: first.messageTs });
  });

  it('takes up when its worker died, or tells that it was lost', async () => {
    await using both = await bothAtOnce(one, other);
    await both.one.inbox.record(first);
    const dead = await both.one.leased(first);
    both.pass(60);
    const [due] = await both.other.overdue.overdue(both.now(), 10);
    if (!due) throw new Error('Nothing is overdue.');
    expect(await both.other.overdue.claim(due, both.now() + 30_000, 'send')).toMatchObject({ state: 'received' });
    expect(await dead.renew()).toMatchObject({ held: false });
    await both.one.leased(first);
    both.pass(60);
    const [again] = await both.other.overdue.overdue(both.now(), 10);
    const claimed = again && (await both.other.overdue.claim(again, both.now() + 30_000, 'tell'));
    if (!claimed) throw new Error('It cannot be claimed.');
    expect(await both.one.leases.lease(first, 'worker')).toEqual({ kind: 'taken' });
    expect(await both.other.overdue.closeLost(claimed, 'failed', 'lost')).toBe(true);
    expect(await both.one.recordOf(first)).toMatchObject({ state: 'failed', reason: 'lost' });
  });

  it('gives what came before its message to it: other words, a deletion, a stop', async () => {
    await using both = await bothAtOnce(one, other);
    await both.one.inbox.edit({ ...first, text: 'other words', editedTs: tsAt(1) });
    await both.other.inbox.record(first);
    expect((await both.other.recordOf(first))?.question.text).toBe('other words');
    await both.one.inbox.withdraw(second, 'question');
    expect(await both.other.inbox.record(second)).toBe(false);
    const stopped = questionAt(25);
    await both.one.inbox.requestStop({ ...stop, about: stopped.messageTs });
    await both.other.inbox.record(stopped);
    // The last version does not look where this one notes it. Its receiver is gone a second after this one is there.
    if (other !== last) expect(await both.other.recordOf(stopped)).toHaveProperty('stopRequestedAt');
  });

  it('counts on what was paid, and what is reserved', async () => {
    await using both = await bothAtOnce(one, other);
    const day = { kind: 'person', teamId: 'T01', id: 'UANN', day: '2026-11-30' } as const;
    const most = { calls: 1, tokens: 1_000, microDollars: 500 };
    const used = { calls: 1, tokens: 300, microDollars: 100 };
    const reservation = { id: 'r1', most };
    expect(await both.one.purses.reserve(day, reservation, { tokens: 1_500 })).toMatchObject({ kind: 'reserved' });
    expect(await both.other.purses.read(day)).toMatchObject({ tokens: 1_000 });
    expect(await both.other.purses.reserve(day, { id: 'r2', most }, { tokens: 1_000 })).toEqual({ kind: 'refused', reached: 'tokens' });
    expect(await both.other.purses.settle(day, reservation, used)).toMatchObject({ tokens: 300 });
    expect(await both.one.purses.read(day)).toMatchObject({ tokens: 300, microDollars: 100 });
    await both.one.inbox.record(first);
    await both.one.purses.reserve({ kind: 'question', question: first }, reservation, {});
    expect(await both.other.recordOf(first)).toMatchObject({ calls: 1, tokens: 1_000 });
    const asked = { questionId: first.id, ...person, receivedAt: began };
    expect(await both.one.purses.admit(asked, 1)).toBe(true);
    expect(await both.other.purses.admit({ ...asked, questionId: second.id }, 1)).toBe(false);
    expect(await both.one.purses.tellOnce(day, 50, first.id)).toBe(true);
    expect(typeof (await both.other.purses.tellOnce(day, 50, second.id))).toBe('boolean');
  });

  it('knows what people decided of their memory, whom Vera greeted, what is open and which sessions are over', async () => {
    await using both = await bothAtOnce(one, other);
    const choices = { isPaused: true, forgotten: ['h1'], withheld: ['w1'], notBefore: 5, emptiedAt: 7 };
    await both.one.choices.change(person, () => choices);
    expect(await both.other.choices.read(person)).toMatchObject(choices);
    await both.other.choices.change(person, (now) => ({ ...now, isPaused: false }));
    expect(await both.one.choices.read(person)).toMatchObject({ ...choices, isPaused: false });
    expect(await both.one.greetOnce({ teamId, channelId })).toBe(true);
    expect(await both.other.greetOnce({ teamId, channelId })).toBe(false);
    await both.one.inbox.record(first);
    expect(await both.other.openQuestions(teamId)).toMatchObject([{ question: { id: first.id } }]);
    await both.one.threads.note(second);
    const { ended, open } = await both.other.threads.look();
    expect([ended, open]).toMatchObject([[{ userId: 'UANN', at: began }], [{ threadTs: first.threadTs }]]);
    expect(ended[0] && (await both.other.threads.forget(ended[0]))).toBe(true);
  });
});
