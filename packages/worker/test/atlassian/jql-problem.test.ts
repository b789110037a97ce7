import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jqlProblem } from '../../src/atlassian/jira/jql-problem.ts';

describe('JQL is sent as it is when its dates are right', () => {
  it.each([
    'project = PAY',
    'created >= -180d',
    'created >= "-8w"',
    'updated > "-1w 2d" AND status = Done',
    'created >= 2026-01-31 AND created < "2026/02/28 14:30"',
    'due <= endOfWeek("+1w")',
    'created >= startOfMonth(-1) AND created < startOfMonth()',
    'created > startOfYear("-1y") ORDER BY created DESC',
    'created > now()',
    'due is EMPTY OR duedate = null',
    'summary ~ "created >= -6M" AND text ~ \'-6mo\'',
    'labels in ("-6M", urgent)',
    'status changed to Done after -14d by currentUser()',
    'status was "In Progress" during ("2026-01-01", "2026-02-01")',
    '"Start date" >= 2026-01-01',
    'cf[10041] > 3 AND "Story points" >= 5',
    'created > 1700000000000',
  ])('%s', (jql) => {
    expect(jqlProblem(jql)).toBeUndefined();
  });
});

describe('JQL with a date that Jira refuses, or takes for another one, is refused with what to write', () => {
  it.each([
    ['created >= -6M', '-6M'],
    ['created >= "-6mo"', '-6mo'],
    ['updated > -1y', '-1y'],
    ['created >= -6months AND project = PAY', '-6months'],
    ['"Target end" >= -3M', '-3M'],
    ['created >= "6 months ago"', '6 months ago'],
    ['created > yesterday', 'yesterday'],
    ['created >= 2026/01/31', '2026/01/31'],
    ['created >= "2026-02-30"', '2026-02-30'],
    ['created >= "31.01.2026"', '31.01.2026'],
    ['created >= "2026-01-31T10:00"', '2026-01-31T10:00'],
    ['created >= "2026-01-31 25:00"', '25:00'],
    ['due < "2026-13-01"', '2026-13-01'],
    ['status changed after -2M', '-2M'],
    ['status was Done during ("2026-01-01", "end of may")', 'end of may'],
    ['created >= startOfMonth(-1 month)', 'startOfMonth'],
    ['project = "PAY', 'not closed'],
  ])('%s', (jql, words) => {
    expect(jqlProblem(jql)).toContain(words);
  });

  it('six months are named in days', () => {
    expect(jqlProblem('created >= -6M')).toContain('-180d');
  });
});

it('any text at all gets a verdict, quickly', () => {
  const parts = fc.constantFrom('created', '>=', '"', "'", '\\', '(', ')', '-6M', ' ', 'during', 'was', ',', 'startOfMonth', '!', '~');
  fc.assert(
    fc.property(fc.array(fc.oneof(parts, fc.string()), { maxLength: 60 }), (pieces) => {
      expect(['string', 'undefined']).toContain(typeof jqlProblem(pieces.join('')));
    }),
  );
  const start = performance.now();
  jqlProblem(`created >= ${'-1d '.repeat(1_000)}"${'\\'.repeat(2_000)}`);
  expect(performance.now() - start).toBeLessThan(1_000);
});
