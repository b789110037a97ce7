import type { AccessToken } from '@vera/accounts/access-token';
import { systemClock } from '@vera/service-kit/clock';
import { createLog } from '@vera/service-kit/log';
import { describe, expect, test } from 'vitest';
import { ChangeBook } from '../../src/changes/change-book.ts';
import { settleChanges } from '../../src/changes/settle-changes.ts';
import { WriteGate } from '../../src/changes/write-gate.ts';
import { clickOf } from './click-of.ts';
import { audit, held, startGate, tokenOf } from './start-gate.ts';

const write = (text = 'Terminals are offline') => [{ call: 'write_note', input: { text } }];

/** What a turn has beside its changes, in an empty thread. */
const quiet = { ...held, messages: [], log: createLog({ service: 'worker', write: () => {} }) };

describe('after trouble', () => {
  test('a proposal of which it is not known whether it is on record ends the turn: nothing is said before it is looked up', async () => {
    await using gate = await startGate([]);
    const question = await gate.ask({ text: '<@UVERA> write it down' });
    const lease = await gate.leasedBy('worker-1', question);
    const book = new ChangeBook({ ...lease, noteChange: () => Promise.reject(new Error('no answer')) }, audit);
    const log = createLog({ service: 'worker', write: () => {} });
    const tools = gate.notes.tools;
    const accounts = { ...gate.accounts, tools };
    const params = { accounts, question, book, wordsAt: () => 0, now: gate.now, log };
    const writes = new WriteGate(params);
    await writes.toTool(tools[0]!).run({ text: 'x' }, new AbortController().signal);
    expect([writes.signal.aborted, writes.pause, String(writes.failure)]).toEqual([true, undefined, 'Error: no answer']);
    expect(await writes.toTool(tools[0]!).run({ text: 'y' }, new AbortController().signal)).toMatchObject({ isError: true });
  });

  test('a proposal stands until its last millisecond, and no longer', async () => {
    await using gate = await startGate([write()]);
    const question = await gate.asked();
    const { id, expiresAt } = (await gate.waits(question))!;
    gate.pass(expiresAt - gate.now());
    const [record] = await gate.overdue.overdue(gate.now() + 1, 10);
    await gate.overdue.claim(record!, gate.now() + 60_000, 'wake');
    const book = new ChangeBook(await gate.leasedBy('worker-2', question), audit);
    const settledAt = (now: number) =>
      settleChanges(
        { accounts: gate.accounts, call: gate.call, people: gate.people, ...systemClock, now: () => now },
        { ...quiet, book, question, signal: new AbortController().signal },
      );
    expect(await settledAt(expiresAt - 1)).toMatchObject({ id, state: 'proposed' });
    expect(await settledAt(expiresAt)).toBeUndefined();
    expect(book.all).toMatchObject([{ id, state: 'expired' }]);
  });

  test('a stop that is there before an approved change begins ends it, with words; a shutdown leaves it to the next worker', async () => {
    await using gate = await startGate([write()]);
    const question = await gate.asked();
    const { id } = (await gate.waits(question))!;
    await gate.decisions.decide(await clickOf(gate, question));
    const book = new ChangeBook(await gate.leasedBy('worker-2', question), audit);
    const settledBy = (reason: string) =>
      settleChanges(
        { accounts: gate.accounts, call: gate.call, people: gate.people, ...systemClock, now: gate.now },
        { ...quiet, book, question, signal: AbortSignal.abort(reason) },
      );
    await expect(settledBy('shutdown')).rejects.toBe('shutdown');
    expect(book.all).toMatchObject([{ id, state: 'approved' }]);
    expect(await settledBy('stop')).toBeUndefined();
    expect(book.all).toMatchObject([{ id, state: 'failed', result: { text: 'It was stopped before it began.' } }]);
    expect(gate.cardText(question)).toContain('Nothing was changed');
    expect(gate.notes.written).toEqual([]);
  });

  test('a yes that is older than an hour is not acted on', async () => {
    await using gate = await startGate([write(), 'It was too late.']);
    const question = await gate.asked();
    await gate.waits(question);
    await gate.decisions.decide(await clickOf(gate, question));
    gate.pass(2 * 3_600_000 + 1_000_000);
    await gate.intake.accept(question);
    await gate.closed(question);
    expect(gate.notes.written).toEqual([]);
    expect(gate.cardText(question)).toContain('Nothing was changed');
  });

  test('where accounts cannot be used any more, nothing is done and no card keeps its buttons', async () => {
    await using gate = await startGate([write(), 'I cannot any more.']);
    const question = await gate.asked();
    await gate.waits(question);
    await gate.decisions.decide(await clickOf(gate, question));
    gate.withoutAccounts();
    await gate.intake.accept(question);
    expect((await gate.closed(question))?.state).toBe('answered');
    expect(gate.notes.written).toEqual([]);
    expect(gate.cardText(question)).toContain('Nothing was changed');
    expect(gate.cardText(question)).not.toContain('change.approve');
  });

  test('a token that the provider no longer takes is changed for another one, without a word', async () => {
    const tokens = new Map([['UANN', { ...tokenOf('UANN'), token: 'ended' } as AccessToken]]);
    await using gate = await startGate([write(), 'Done.'], { tokens, renewed: new Map([['UANN', tokenOf('UANN')]]) });
    await gate.waits(await gate.asked());
    expect(gate.links).toEqual([]);
  });

  test('an account that was ended at the provider is asked for anew', async () => {
    const tokens = new Map([['UANN', { ...tokenOf('UANN'), token: 'ended' } as AccessToken]]);
    await using gate = await startGate([write()], { tokens });
    const question = await gate.asked();
    await gate.waits(question);
    expect(gate.cards(question)).toEqual([]);
    expect(gate.links).toHaveLength(1);
  });

  test('one that lacks a right is told to the model, once', async () => {
    const ended = { ...tokenOf('UANN'), token: 'ended' } as AccessToken;
    const renewed = new Map([['UANN', { ...ended, token: 'ended, too' } as AccessToken]]);
    await using gate = await startGate([write(), 'You may not.'], { tokens: new Map([['UANN', ended]]), renewed });
    await gate.closed(await gate.asked());
    expect(JSON.stringify(gate.bedrock.requests.at(-1)?.messages.at(-1))).toContain('does not take this account');
  });

  test('another account than the one that was connected when it was shown is not acted with', async () => {
    await using gate = await startGate([write(), 'No.']);
    const question = await gate.asked();
    await gate.waits(question);
    gate.tokens.set('UANN', { kind: 'token', token: 'token of a second account', accountId: 'second', sites: [] });
    await gate.press(question, 'approve');
    await gate.closed(question);
    expect(gate.notes.written).toEqual([]);
    expect(gate.cardText(question)).toContain('Nothing was changed');
  });

  test('an account that cannot be looked at when its time is over is not called not connected', async () => {
    await using gate = await startGate([write(), 'Something is out of order.'], { tokens: new Map() });
    const question = await gate.asked();
    await gate.waits(question);
    gate.tokens.set('UANN', { kind: 'unavailable' });
    gate.pass(16 * 60_000 + 1_000_000);
    await gate.intake.accept(question);
    await gate.closed(question);
    expect(gate.text(question)).not.toContain('not connected in time');
    expect(gate.text(question)).toContain('Something is out of order.');
  });

  test('a card that Slack refuses for a reason of ours is tried again, not taken for shown', async () => {
    await using gate = await startGate([write(), 'Done.']);
    const question = await gate.asked();
    await gate.waits(question);
    gate.slack.inject({ method: 'chat.update', kind: 'error', error: 'invalid_auth', times: 1 });
    await gate.press(question, 'deny');
    await expect.poll(async () => (await gate.recordOf(question))?.state, { timeout: 10_000 }).toBe('received');
    await gate.intake.accept(question);
    await gate.closed(question);
    expect(gate.cardText(question)).toContain('denied this');
  });
});
