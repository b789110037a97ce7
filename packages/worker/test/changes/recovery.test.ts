import type { Question } from '@vera/protocol/question';
import { describe, expect, test } from 'vitest';
import type { RecoveryKind } from '../../src/tools/tool.ts';
import { clickOf } from './click-of.ts';
import { type GateOptions, startGate } from './start-gate.ts';

const write = (text = 'Terminals are offline') => [{ call: 'write_note', input: { text } }];
const kinds: readonly RecoveryKind[] = ['repeatable', 'checkable', 'unknown'];

type Gate = Awaited<ReturnType<typeof startGate>>;

/** A question whose approved change a worker began and never ended; `isWritten`: it had reached the tracker. */
async function died(gate: Gate, isWritten: boolean): Promise<Question> {
  const question = await gate.asked();
  const change = (await gate.waits(question))!;
  await gate.decisions.decide(await clickOf(gate, question));
  const lease = await gate.leasedBy('worker-dead', question);
  await lease.noteChange({ ...lease.record.changes[change.id]!, state: 'started' });
  if (isWritten) {
    gate.notes.written.push({ token: 'token of UANN', args: JSON.parse(change.args) });
    gate.notes.keys.push(change.id);
  }
  gate.pass(31_000);
  return question;
}

const stateOf = async (gate: Gate, question: Question) => Object.values((await gate.recordOf(question))?.changes ?? {}).at(-1)?.state;

describe('a worker that dies over a change', () => {
  test.each(kinds.flatMap((kind) => [true, false].map((isWritten) => [kind, isWritten] as const)))(
    'that is %s, written: %s: it is there once, or the person is told that nobody knows',
    async (recovery, isWritten) => {
      await using gate = await startGate([write(), 'That is how it is.'], { recovery });
      const question = await died(gate, isWritten);
      await gate.intake.accept(question);
      await gate.closed(question);
      const isUnknown = recovery === 'unknown';
      expect(gate.notes.written).toHaveLength(isWritten || !isUnknown ? 1 : 0);
      expect(await stateOf(gate, question)).toBe(isUnknown ? 'unknown' : 'done');
      expect(gate.cardText(question)).toMatch(isUnknown ? /did not learn how it ended/ : /Done: .*NOTE-1/);
      expect(gate.lines.some(({ event }) => event === 'change.unknown')).toBe(isUnknown);
    },
  );

  test.each([
    ['checkable', true, 'done'],
    ['checkable', false, 'failed'],
    ['repeatable', false, 'unknown'],
  ] as const)('that is %s, written: %s, and was stopped: nothing is begun any more', async (recovery, isWritten, state) => {
    await using gate = await startGate([write()], { recovery });
    const question = await died(gate, isWritten);
    await gate.inbox.requestStop({ ...question, ts: '4000000000.000000', mayStopAll: false });
    await gate.intake.accept(question);
    await gate.closed(question);
    expect(await stateOf(gate, question)).toBe(state);
    expect(gate.notes.written).toHaveLength(isWritten ? 1 : 0);
  });

  test.each(['checkable', 'repeatable'] as const)('that is %s, and whose account is gone: nobody knows', async (recovery) => {
    await using gate = await startGate([write(), 'I do not know.'], { recovery });
    const question = await died(gate, true);
    gate.tokens.set('UANN', { kind: 'not-connected' });
    await gate.intake.accept(question);
    await gate.closed(question);
    expect(await stateOf(gate, question)).toBe('unknown');
  });
});

describe('a worker that loses its question over a change', () => {
  test('ends its own call before another looks: it is there once', async () => {
    const given: AbortSignal[] = [];
    const perform = (_: unknown, signal: AbortSignal) =>
      given.push(signal) > 1
        ? undefined
        : new Promise<void>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    await using gate = await startGate([write(), 'It is there.'], { recovery: 'checkable', heartbeat: 100, perform });
    const question = await gate.asked();
    await gate.waits(question);
    await gate.decisions.decide(await clickOf(gate, question));
    let ahead = 0;
    await gate.intakeOf('worker-1', { monotonic: () => performance.now() + ahead }).accept(question);
    await expect.poll(() => given.length, { timeout: 30_000 }).toBe(1);
    ahead = 15_000;
    await expect.poll(() => given[0]?.aborted, { timeout: 30_000 }).toBe(true);
    gate.pass(31_000);
    await gate.intakeOf('worker-2').accept(question);
    await gate.closed(question);
    expect(gate.notes.written).toHaveLength(1);
    expect(await stateOf(gate, question)).toBe('done');
    expect(gate.lines.filter(({ event }) => event === 'change.unknown' || event === 'change.unanswered')).toEqual([]);
  });
});

describe('an answer to a change that does not arrive', () => {
  const lost = () => {
    throw new Error('socket hang up');
  };
  const approved = async (options: GateOptions) => {
    const gate = await startGate([write(), 'That is how it is.'], options);
    const question = await gate.asked();
    await gate.waits(question);
    await gate.press(question, 'approve');
    await gate.closed(question);
    return { gate, state: await stateOf(gate, question), [Symbol.asyncDispose]: () => gate[Symbol.asyncDispose]() };
  };

  test.each([
    ['checkable', 'done'],
    ['repeatable', 'done'],
    ['unknown', 'unknown'],
  ] as const)('%s, and it was done: %s, and it is there once', async (recovery, state) => {
    await using end = await approved({ recovery, after: async () => lost() });
    expect(end.state).toBe(state);
    expect(end.gate.notes.written).toHaveLength(1);
  });

  test('checkable, and not there yet: it may be on its way, so it is not sent again', async () => {
    let calls = 0;
    const perform = () => {
      calls += 1;
      lost();
    };
    await using end = await approved({ recovery: 'checkable', perform });
    expect([end.state, calls]).toEqual(['unknown', 1]);
  });
});

describe('D4 the same order once more', () => {
  test('with other names for its calls and in another order, after a worker died: what was done is told, what was not is asked for', async () => {
    const both = [...write('B'), ...write('A')];
    await using gate = await startGate([write('A'), [...both], 'Both are there.'], { recovery: 'checkable' });
    const question = await gate.asked();
    await gate.waits(question);
    await gate.press(question, 'approve');
    await expect.poll(() => gate.cards(question).length, { timeout: 10_000 }).toBe(2);
    await gate.waits(question);
    expect(gate.cardText(question)).not.toContain('another time');
    await gate.press(question, 'approve');
    await gate.closed(question);
    expect(gate.notes.written.map(({ args }) => args)).toEqual([{ text: 'A' }, { text: 'B' }]);
  });

  test('wished twice is done twice, each after a yes of its own that says so', async () => {
    await using gate = await startGate([write(), [...write(), ...write()], 'Both are there.']);
    const question = await gate.asked();
    await gate.waits(question);
    await gate.press(question, 'approve');
    await expect.poll(() => gate.cards(question).length, { timeout: 10_000 }).toBe(2);
    await gate.waits(question);
    expect(gate.cardText(question)).toContain('This does it another time.');
    await gate.press(question, 'approve');
    await gate.closed(question);
    expect(gate.notes.written).toHaveLength(2);
    expect(new Set(gate.notes.keys).size).toBe(2);
  });

  test('with its properties in another order is the same', async () => {
    const inOrder = (...names: string[]) => [{ call: 'write_note', input: Object.fromEntries(names.map((name) => [name, `${name}!`])) }];
    await using gate = await startGate([inOrder('text', 'about'), inOrder('about', 'text'), 'There.']);
    const question = await gate.asked();
    await gate.waits(question);
    await gate.press(question, 'approve');
    await gate.closed(question);
    expect(gate.notes.written).toHaveLength(1);
  });

  test('of what was denied is not asked for again, however often the model tries', async () => {
    await using gate = await startGate([write(), [...write(), ...write(), ...write()], 'Fine.']);
    const question = await gate.asked();
    await gate.waits(question);
    await gate.press(question, 'deny');
    await gate.closed(question);
    expect(gate.cards(question)).toHaveLength(1);
  });

  test('in a later question is another change', async () => {
    await using gate = await startGate([write(), 'Done.', write(), 'Done.']);
    const first = await gate.asked();
    await gate.waits(first);
    await gate.press(first, 'approve');
    await gate.closed(first);
    const second = await gate.ask({ text: '<@UVERA> and again', threadTs: first.messageTs, user: 'UANN' });
    await gate.intake.accept(second);
    await gate.waits(second);
    await gate.press(second, 'approve');
    await gate.closed(second);
    expect(gate.notes.written).toHaveLength(2);
    expect(new Set(gate.notes.keys).size).toBe(2);
  });
});
