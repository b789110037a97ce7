import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuestionRecord } from '../src/ledger.ts';
import { questionOf } from './question-of.ts';
import { startedLedger } from './started-ledger.ts';
import { stopOf, stopOutside } from './stop-of.ts';

const question = questionOf('100.000001');
const root = questionOf('100.000000');
const followUp = questionOf('100.000002');
const edited = (text: string, editedTs: string) => ({ ...question, text, editedTs });

/** Minutes after it was asked. */
const soon = '400.000000';

type Ledger = Awaited<ReturnType<typeof startedLedger>>;
type Event = 'asked' | 'copy' | 'first edit' | 'second edit' | 'third edit';

const events: Record<Event, (ledger: Ledger) => Promise<unknown>> = {
  asked: ({ inbox }) => inbox.record(question),
  copy: ({ inbox }) => inbox.record(question),
  'first edit': ({ inbox }) => inbox.edit(edited('one', '101.000000 101.000100')),
  'second edit': ({ inbox }) => inbox.edit(edited('two', '101.000000 101.000200')),
  // Back to the words of the first: what differs from the record is not all that tells.
  'third edit': ({ inbox }) => inbox.edit(edited('one', '103.000000 103.000100')),
};

const wordsOf = (record: QuestionRecord | undefined) => record?.question.text;

describe('however often and in whatever order Slack tells of a message', () => {
  it('it has its newest words', async () => {
    const names = Object.keys(events) as Event[];
    const stories = fc.tuple(
      fc.shuffledSubarray(names, { minLength: names.length }),
      fc.array(fc.constantFrom(...names), { maxLength: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(stories, fc.constantFrom<Event>('third edit', 'second edit'), async ([all, again], last) => {
        await using ledger = await startedLedger();
        const told = [...all, ...again].filter((name) => last === 'third edit' || name !== 'third edit');
        for (const name of told) await events[name](ledger);
        expect(wordsOf(await ledger.recordOf(question))).toBe(last === 'third edit' ? 'one' : 'two');
      }),
      { numRuns: 25 },
    );
  });

  it('deleted, it is no question any more', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(Object.keys(events) as Event[]), async (names) => {
        await using ledger = await startedLedger();
        expect(await ledger.inbox.withdraw(question)).toBeUndefined();
        for (const name of names) await events[name](ledger);
        expect(await ledger.leases.thread(question)).toEqual([]);
        expect(await ledger.inbox.record(question)).toBe(false);
        expect(await ledger.leases.lease(question, 'worker-1')).toEqual({ kind: 'closed' });
      }),
      { numRuns: 10 },
    );
  });

  it('all of what an edit changes is the newer one’s, and nothing of the older one’s is left', async () => {
    await using ledger = await startedLedger();
    await ledger.inbox.edit({ ...question, text: 'new', files: [], editedTs: '101.000000' });
    expect(await ledger.inbox.record({ ...question, typed: 'old', quotes: [{ text: 'old' }] })).toBe(true);
    const record = await ledger.recordOf(question);
    expect(record?.question).toMatchObject({ text: 'new', files: [] });
    expect(record?.question).not.toHaveProperty('quotes');
    expect(record?.question).not.toHaveProperty('typed');
    expect(await ledger.inbox.record(question)).toBe(false);
  });
});

describe('a stop that comes before its question', () => {
  it.each([
    ['of the thread', stopOf({ ts: soon })],
    ['of the message, by a reaction', stopOutside({ about: root.messageTs, author: 'UANN', ts: soon })],
    ['of a message of whose author Slack says nothing', stopOutside({ about: root.messageTs, ts: soon })],
    ['by who may stop all', stopOutside({ about: root.messageTs, author: 'UANN', userId: 'UBOSS', mayStopAll: true, ts: soon })],
  ])('%s ends it', async (_, stop) => {
    await using ledger = await startedLedger();
    expect((await ledger.inbox.requestStop(stop)).reached).toBe(0);
    expect(await ledger.inbox.record(root)).toBe(true);
    expect((await ledger.recordOf(root))?.stopRequestedAt).toBe(ledger.now());
  });

  it.each([
    ['by somebody else', stopOf({ userId: 'UBOB', ts: soon })],
    ['of a message that was written long before', stopOutside({ about: root.messageTs, ts: '1001.000000' })],
    ['of a thread that began long before', stopOf({ ts: '1001.000000' })],
    ['from before it was asked', stopOf({ ts: '99.000000' })],
  ])('%s does not', async (_, stop) => {
    await using ledger = await startedLedger();
    await ledger.inbox.requestStop(stop);
    await ledger.inbox.record(root);
    expect((await ledger.recordOf(root))?.stopRequestedAt).toBeUndefined();
  });

  it.each([
    ['a message of another person', stopOutside({ about: root.messageTs, author: 'UBOB', ts: soon })],
    ['a message of hours before', stopOutside({ about: root.messageTs, author: 'UANN' })],
    ['an old thread', stopOf()],
  ])('about %s is not written down', async (_, stop) => {
    await using ledger = await startedLedger();
    await ledger.inbox.requestStop(stop);
    expect(ledger.awsCalls.calls.filter(({ action }) => action === 'dynamodb:UpdateItem')).toEqual([]);
  });

  it('stays the later one where an older copy comes', async () => {
    await using ledger = await startedLedger();
    await ledger.inbox.requestStop(stopOf({ ts: soon }));
    await ledger.inbox.requestStop(stopOf({ userId: 'UBOB', ts: soon }));
    await ledger.inbox.requestStop(stopOf({ ts: '99.000000' }));
    await ledger.inbox.record(root);
    expect((await ledger.recordOf(root))?.stopRequestedAt).toBeDefined();
  });
});

describe('a stop of a whole thread, of which a reply comes late', () => {
  const reply = questionOf('100.000002');
  const stop = stopOf({ ts: soon });

  it.each([
    ['nothing of which is open', async (ledger) => void (await (await ledger.leased(question)).close('answered'))],
    ['in which something else is open', async (ledger) => void (await ledger.leased(question))],
  ] satisfies [string, (ledger: Ledger) => Promise<void>][])('%s, ends it too', async (_, before) => {
    await using ledger = await startedLedger();
    await ledger.recorded(question);
    await before(ledger);
    await ledger.inbox.requestStop(stop);
    expect(await ledger.inbox.record(reply)).toBe(true);
    expect((await ledger.recordOf(reply))?.stopRequestedAt).toBe(ledger.now());
  });

  it('ends it in a thread that is old, where Vera has a part in it', async () => {
    await using ledger = await startedLedger();
    const late = questionOf('90000.000001');
    await ledger.recorded(question);
    await ledger.inbox.requestStop(stopOf({ ts: '90000.000009' }));
    await ledger.inbox.record(late);
    expect((await ledger.recordOf(late))?.stopRequestedAt).toBe(ledger.now());
  });

  it.each([
    ['asked after it', questionOf('400.000001'), stop],
    ['of somebody else', questionOf('100.000002', { userId: 'UBOB' }), stop],
    ['in another thread', questionOf('100.000002', { threadTs: '99.000000' }), stop],
    ['by a stop of one message', reply, stopOf({ about: question.messageTs, ts: soon })],
  ])('does not end what was %s', async (_, other, given) => {
    await using ledger = await startedLedger();
    await ledger.recorded(question);
    await ledger.inbox.requestStop(given);
    await ledger.inbox.record(other);
    expect((await ledger.recordOf(other))?.stopRequestedAt).toBeUndefined();
  });

  it.each([
    ['by a reaction to it, which names no thread', stopOutside({ about: reply.messageTs, author: 'UANN', ts: soon })],
    ['by one that names neither, of all they asked in the channel', stopOutside({ ts: soon })],
  ])('ends it %s', async (_, given) => {
    await using ledger = await startedLedger();
    const bobs = questionOf('100.000003', { userId: 'UBOB' });
    await ledger.inbox.requestStop({ ...given, mayStopAll: given.about === undefined });
    await ledger.recorded(reply, bobs);
    expect((await ledger.recordOf(reply))?.stopRequestedAt).toBe(ledger.now());
    expect((await ledger.recordOf(bobs))?.stopRequestedAt).toBeUndefined();
  });

  it('does not end what was said long before it and is edited into a question', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(root);
    await ledger.inbox.requestStop(stopOf({ ts: '1100.000000' }));
    await ledger.inbox.record(question);
    expect((await ledger.recordOf(question))?.stopRequestedAt).toBeUndefined();
  });

  it('ends what was said before it and edited into a question since no more than what was asked since', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(root);
    await ledger.inbox.requestStop(stopOf({ ts: '105.000000' }));
    await ledger.inbox.record(edited('now for you', '160.000000 160.000100'));
    expect((await ledger.recordOf(question))?.stopRequestedAt).toBeUndefined();
  });

  it('ends that of anybody, by who may stop all', async () => {
    await using ledger = await startedLedger();
    const bobs = questionOf('100.000002', { userId: 'UBOB' });
    await ledger.recorded(question);
    await ledger.inbox.requestStop(stopOf({ userId: 'UBOSS', mayStopAll: true, ts: soon }));
    await ledger.inbox.record(bobs);
    expect((await ledger.recordOf(bobs))?.stopRequestedAt).toBe(ledger.now());
  });

  it('whose receiver died before it looked, ends it by a copy; and not once it was tried again', async () => {
    let isDead = true;
    await using ledger = await startedLedger({
      around: (door) => async (operation, input) => {
        if (isDead && operation === 'GetItem') throw new Error('died');
        return door(operation, input);
      },
    });
    await ledger.inbox.requestStop(stop);
    await expect(ledger.inbox.record(reply)).rejects.toThrow('died');
    isDead = false;
    expect(await ledger.inbox.record(reply)).toBe(false);
    expect((await ledger.recordOf(reply))?.stopRequestedAt).toBe(ledger.now());
    await (await ledger.leased(reply)).close('stopped');
    await ledger.inbox.retry({ ...reply, leg: 0, ts: '500.000000' });
    await ledger.inbox.record(reply);
    expect((await ledger.recordOf(reply))?.stopRequestedAt).toBeUndefined();
  });

  it.each([
    ['after the click of “Try again”, before that is on record: ends it', '500.000000', true],
    ['before that click: does not', '500.000002', false],
  ])('%s', async (_, clicked, isEnded) => {
    await using ledger = await startedLedger();
    await ledger.recorded(question);
    await (await ledger.leased(question)).close('failed');
    await ledger.inbox.requestStop(stopOf({ ts: '500.000001' }));
    await ledger.inbox.retry({ ...question, leg: 0, ts: clicked });
    expect((await ledger.recordOf(question))?.stopRequestedAt !== undefined).toBe(isEnded);
  });

  it('at the very same time: one of both sees the other', async () => {
    await using ledger = await startedLedger();
    await ledger.recorded(question);
    await Promise.all([ledger.inbox.record(reply), ledger.inbox.requestStop(stop)]);
    expect((await ledger.recordOf(reply))?.stopRequestedAt).toBe(ledger.now());
  });
});

describe('what came before its question', () => {
  it('is no record to anybody', async () => {
    await using ledger = await startedLedger();
    await ledger.inbox.withdraw(question);
    expect(await ledger.inbox.conversation(question)).toBeUndefined();
    expect(await ledger.inbox.recordFeedback(question, 'UANN', 'bad')).toBe(false);
    expect(await ledger.inbox.retry({ ...question, leg: 0 })).toEqual({ kind: 'refused', why: 'unknown' });
    expect((await ledger.inbox.requestStop(stopOf({ ts: soon }))).reached).toBe(0);
    expect(await ledger.overdue.overdue(ledger.now() + 1_000_000_000, 10)).toEqual([]);
    await ledger.inbox.record(followUp);
    expect((await ledger.leases.lease(followUp, 'worker-1')).kind).toBe('leased');
  });

  it('is written only of what may be a question: a follow-up in a thread that Vera has no part in is none', async () => {
    await using ledger = await startedLedger();
    await ledger.inbox.withdraw(question, 'nothing');
    await ledger.inbox.edit(edited('other', '101.000000'), 'nothing');
    await ledger.inbox.withdraw(followUp, 'follow-up');
    expect(await ledger.inbox.record(followUp)).toBe(true);
    expect(await ledger.inbox.record(question)).toBe(true);
    expect(wordsOf(await ledger.recordOf(question))).toBe(question.text);
    const more = questionOf('100.000003');
    await ledger.inbox.withdraw(more, 'follow-up');
    expect(await ledger.inbox.record(more)).toBe(false);
  });
});
