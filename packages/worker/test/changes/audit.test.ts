import type { Act } from '@vera/audit/act';
import { describe, expect, test } from 'vitest';
import { clickOf } from './click-of.ts';
import { type GateOptions, startGate } from './start-gate.ts';

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
