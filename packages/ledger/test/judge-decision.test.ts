import type { Change } from '@vera/protocol/change';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeDecision } from '../src/judge-decision.ts';
import { changeOf, clickOn } from './change-of.ts';

const now = 1_000_000;
const proposed = changeOf(now);
const inTime = now + 1_000;

const actors = [
  { who: 'the asker', userId: 'UANN' },
  { who: 'another person', userId: 'UBOB' },
  { who: 'somebody of the approvers', userId: 'ULEAD' },
  { who: 'Vera herself', userId: 'UVERA' },
  { who: 'nobody', userId: '' },
];
const groups = [
  { group: 'the asker decides', approvers: ['UANN'] },
  { group: 'a group decides', approvers: ['ULEAD', 'UBOSS'] },
];
const tampered: readonly { what: string; change: (change: Change) => Change }[] = [
  { what: 'nothing', change: (change) => change },
  { what: 'the arguments', change: (change) => ({ ...change, args: '{"projectId":"10002"}' }) },
  { what: 'the arguments, by a space', change: (change) => ({ ...change, args: `${change.args} ` }) },
  { what: 'the tool', change: (change) => ({ ...change, tool: 'edit_jira_issue' }) },
  { what: 'the title', change: (change) => ({ ...change, title: 'Create a task' }) },
  {
    what: 'what was there before',
    change: (change) => ({ ...change, fields: [{ field: 'Summary', before: '', after: 'Terminals are offline' }] }),
  },
  { what: 'in whose name', change: (change) => ({ ...change, asker: 'UBOB', approvers: [...change.approvers, 'UBOB'] }) },
  { what: 'with which account', change: (change) => ({ ...change, account: 'bob' }) },
  { what: 'the arguments and the hash', change: (change) => changeOf(now, { ...change, args: '{}', hash: undefined as never }) },
];
const states = ['proposed', 'approved', 'denied', 'expired', 'started', 'done', 'failed', 'unknown'] as const;

const table = actors.flatMap((actor) =>
  groups.flatMap((group) =>
    states.flatMap((state) => tampered.map((tampering) => ({ ...actor, ...group, state, what: tampering.what, tamper: tampering.change }))),
  ),
);

describe('R15 who decides about what', () => {
  it('only one who may, about a change that is proposed and unchanged: every other of all combinations is refused', () => {
    let decided = 0;
    for (const verdict of ['approve', 'deny'] as const) {
      for (const { userId, approvers, state, what, tamper, who } of table) {
        const shown = changeOf(now, { approvers: [...approvers] });
        const stored = tamper({ ...shown, state, ...(state === 'proposed' || state === 'expired' ? {} : { decidedBy: 'UANN' }) });
        const refusal = judgeDecision(stored, clickOn(shown, { userId, verdict }), inTime);
        const mayThey = approvers.includes(userId) || (verdict === 'deny' && userId === 'UANN');
        const counts = mayThey && state === 'proposed' && what === 'nothing';
        expect(refusal === undefined, `${who} presses ${verdict} when it is ${state}, and ${what} changed`).toBe(counts);
        if (counts) decided += 1;
      }
    }
    expect(decided).toBe(5);
  });

  it.each(['proposed', 'approved'] as const)('says why: what is %s', (state) => {
    const change = { ...proposed, state, ...(state === 'approved' ? { decidedBy: 'UANN' } : {}) };
    expect(judgeDecision(undefined, clickOn(proposed), inTime)).toEqual({ kind: 'unknown' });
    expect(judgeDecision(change, clickOn(proposed, { userId: 'UBOB' }), inTime)).toEqual({ kind: 'not-yours', approvers: ['UANN'] });
    expect(judgeDecision({ ...change, args: '{}' }, clickOn(proposed), inTime)).toEqual({ kind: 'changed' });
    expect(judgeDecision(change, clickOn(proposed), inTime)).toEqual(
      state === 'proposed' ? undefined : { kind: 'decided', by: 'UANN', verdict: 'approve' },
    );
  });

  it('in time: until the very millisecond', () => {
    expect(judgeDecision(proposed, clickOn(proposed), proposed.expiresAt - 1)).toBeUndefined();
    for (const late of [0, 1, 86_400_000]) {
      expect(judgeDecision(proposed, clickOn(proposed), proposed.expiresAt + late)).toEqual({ kind: 'expired' });
    }
  });

  it('no hash but the right one, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (hash) => {
        fc.pre(hash !== proposed.hash);
        expect(judgeDecision(proposed, clickOn(proposed, { hash }), inTime)).toEqual({ kind: 'changed' });
      }),
    );
  });
});
