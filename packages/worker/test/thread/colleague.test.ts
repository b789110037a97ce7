import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isColleague } from '../../src/thread/colleague.ts';

const own = { team_id: 'T01', enterprise_id: 'E01' };
const flags = ['deleted', 'is_restricted', 'is_ultra_restricted', 'is_stranger'] as const;
/** What Slack may send for yes, and for no. */
const flagsOf = (values: readonly unknown[]) => fc.record(Object.fromEntries(flags.map((flag) => [flag, fc.constantFrom(...values)])));

test('F16 whoever is a guest, a stranger or gone is no colleague, whatever their team; each flag alone is enough', () => {
  const places = [{ team_id: 'T01' }, { team_id: 'T02', enterprise_user: { enterprise_id: 'E01' } }];
  fc.assert(
    fc.property(flagsOf([false, undefined, true]), fc.constantFrom(...flags), fc.constantFrom(...places), (some, flag, place) => {
      expect(isColleague({ ...some, ...place, [flag]: true }, own)).toBe(false);
      expect(isColleague({ ...place, deleted: false, is_restricted: false }, own)).toBe(true);
    }),
  );
});

test('F16 another team is another company, unless both are of one organisation; what Slack does not say is no', () => {
  expect(isColleague({ team_id: 'T02' }, own)).toBe(false);
  expect(isColleague({ team_id: 'T02', enterprise_user: { enterprise_id: 'E02' } }, own)).toBe(false);
  expect(isColleague({ team_id: 'T02', enterprise_user: {} }, { team_id: 'T01' })).toBe(false);
  expect(isColleague({}, {})).toBe(false);
  expect(isColleague({}, own)).toBe(false);
});
