import type { Act } from '@vera/audit/act';
import { describe, expect, test } from 'vitest';
import { clickOf } from './click-of.ts';
import { type GateOptions, startGate, tokenOf } from './start-gate.ts';

const write = (text = 'Terminals are offline') => [{ call: 'write_note', input: { text } }];

/** `refuses`: what cannot be written into the audit log. */
function auditLog(refuses: (act: Act, nth: number) => boolean = () => false) {
  const acts: Act[] = [];
  const note = async (act: Act) => {
    acts.push(act);
    return !refuses(act, acts.filter(({ outcome }) => outcome === act.outcome).length);
  };
  return { acts, note, outcomes: () => acts.filter(({ act }) => act === 'change').map(({ outcome }) => outcome) };
}

async function approved(note: NonNullable<GateOptions['note']>, options: GateOptions = {}) {
  const gate = await startGate([write(), 'That is how it is.'], { note, ...options });
  const question = await gate.asked();
  await gate.waits(question);
  await gate.decisions.decide(await clickOf(gate, question));
  await gate.intake.accept(question);
  await gate.closed(question);
  return { gate, question };
}

describe('the audit log of a change', () => {
  test('says whose question, which account, who approved, which tool, and of the arguments only their hash', async () => {
    const log = auditLog();
    const { gate, question } = await approved(log.note);
    await using _ = gate;
    expect(log.outcomes()).toEqual(['proposed', 'begun', 'done']);
    const begun = log.acts.find(({ outcome }) => outcome === 'begun');
    expect(begun).toMatchObject({
      ...{ question: question.id, asker: 'UANN', account: 'UANN', approver: 'UANN', channel: 'COPS', tool: 'write_note' },
      arguments: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(JSON.stringify(log.acts)).not.toContain('Terminals are offline');
  });

  test('that cannot be written makes that nothing is changed, and the person reads why', async () => {
    const log = auditLog(({ outcome }) => outcome === 'begun');
    const { gate, question } = await approved(log.note);
    await using _ = gate;
    expect(gate.notes.written).toEqual([]);
    expect(gate.cardText(question)).toContain('could not be written into the audit log, and without that I change nothing');
    expect(log.outcomes()).toEqual(['proposed', 'begun', 'failed']);
  });

  test('that can only not be written of what comes before and after holds nothing up', async () => {
    const log = auditLog(({ outcome }) => outcome !== 'begun');
    const { gate } = await approved(log.note);
    await using _ = gate;
    expect(gate.notes.written).toHaveLength(1);
  });

  test.each([
    ['repeatable', 'unknown'],
    ['checkable', 'failed'],
  ] as const)('that cannot be written a second time makes that one that is %s is not done again: it is %s', async (recovery, state) => {
    const log = auditLog(({ outcome }, nth) => outcome === 'begun' && nth > 0);
    await using gate = await startGate([write(), 'That is how it is.'], { note: log.note, recovery });
    const question = await gate.asked();
    const change = (await gate.waits(question))!;
    await gate.decisions.decide(await clickOf(gate, question));
    const lease = await gate.leasedBy('worker-dead', question);
    await lease.noteChange({ ...lease.record.changes[change.id]!, state: 'started' });
    gate.pass(31_000);
    await gate.intake.accept(question);
    await gate.closed(question);
    expect(gate.notes.written).toEqual([]);
    expect(Object.values((await gate.recordOf(question))?.changes ?? {}).at(-1)?.state).toBe(state);
  });

  test('says how the question ended, and what it came to', async () => {
    const log = auditLog();
    const { gate, question } = await approved(log.note);
    await using _ = gate;
    const ends = log.acts.filter(({ act }) => act === 'question');
    expect(ends).toMatchObject([{ outcome: 'answered', question: question.id, asker: 'UANN', calls: 2, tokens: expect.any(Number) }]);
  });

  test('with its content says what it was given, without secrets, and the same hash as without', async () => {
    const key = `ghp_${'a1B2'.repeat(9)}`;
    const words = `Rotate ${key}, password=hunter2-Zq, then call Ann.`;
    const [told, untold] = [auditLog(), auditLog()];
    for (const [log, content] of [
      [told, 'full'],
      [untold, 'metadata'],
    ] as const) {
      await using gate = await startGate([write(words), 'That is how it is.'], { note: log.note, content });
      await gate.waits(await gate.asked());
    }
    const [first] = told.acts;
    expect(first?.content).toMatch(/^\{"text":"Rotate \[redacted\].*then call Ann\."\}$/);
    expect(JSON.stringify(told.acts)).not.toMatch(/ghp_|hunter2/);
    expect(untold.acts[0]).toMatchObject({ arguments: first?.arguments });
    expect(untold.acts[0]?.content).toBeUndefined();
  });

  test('says that a change expired', async () => {
    const log = auditLog();
    await using gate = await startGate([write(), 'Too late.'], { note: log.note });
    const question = await gate.asked();
    const { expiresAt } = (await gate.waits(question))!;
    gate.pass(expiresAt - gate.now() + 1);
    const [record] = await gate.overdue.overdue(gate.now() + 1, 10);
    await gate.overdue.claim(record!, gate.now() + 60_000, 'wake');
    await gate.intake.accept(question);
    await gate.closed(question);
    expect(log.outcomes()).toEqual(['proposed', 'expired']);
  });
});

describe('the audit log of a read', () => {
  const read = [{ call: 'read_notes', input: { about: 'terminals' } }];

  test('with somebody’s key says whose, by which account and tool, and of the arguments only their hash', async () => {
    const log = auditLog();
    await using gate = await startGate([read, 'There are two.'], { note: log.note });
    const question = await gate.asked();
    await gate.closed(question);
    const line = { act: 'read', question: question.id, team: 'T01', channel: 'COPS', asker: 'UANN', account: 'UANN' };
    expect(log.acts.filter(({ act }) => act === 'read')).toMatchObject([
      { ...line, outcome: 'done', tool: 'read_notes', system: 'atlassian', arguments: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect(JSON.stringify(log.acts)).not.toMatch(/terminals|token of/);
  });

  test('that failed is one too, and without an account there is none', async () => {
    const log = auditLog();
    const failing = { ...tokenOf('UANN'), token: 'ended' };
    await using gate = await startGate([read, 'I could not.'], { note: log.note, tokens: new Map([['UANN', failing]]) });
    const question = await gate.asked();
    await expect.poll(() => log.acts.filter(({ act }) => act === 'read').map(({ outcome }) => outcome)).toEqual(['failed']);
    expect((await gate.recordOf(question))?.state).toBeDefined();
    const nobodys = auditLog();
    await using without = await startGate([read, 'I could not.'], { note: nobodys.note, tokens: new Map() });
    await without.waits(await without.asked());
    expect(nobodys.acts.filter(({ act }) => act === 'read')).toEqual([]);
  });

  test('is done though it cannot be written down', async () => {
    await using gate = await startGate([read, 'There are two.'], { note: async () => false });
    const question = await gate.asked();
    await gate.closed(question);
    expect((await gate.recordOf(question))?.state).toBe('answered');
  });
});
