import { describe, expect, test } from 'vitest';
import { problemInFindings } from '../../src/delegation/findings.ts';

const problemOf = (evidence: string, ...seen: string[]) =>
  problemInFindings({ claims: [{ claim: 'It is so.', evidence: [evidence] }], not_seen: [] }, seen);

describe('evidence', () => {
  test.each([
    ['PAY-1', 'PAY-1432 is open'],
    ['v2.3', 'v2.31 went out'],
    ['v2.3', 'v2.3.1 went out'],
    ['05', 'a share of 0.05'],
    ['500', '1,500 calls'],
    ['5', '5 calls'],
    ['e', 'e'],
    ['.', 'Done.'],
    ['', 'Done.'],
    ['roll', 'it was rolled back'],
    ['rolled back', 'it was not rolled back'],
    ['rolled back', 'It wasn’t quite rolled back'],
    ['deploy 4711', 'No deployment matches "deploy 4711"'],
    ['deploy failed', '"deploy failed": false'],
    ['deploy failed', 'Deploy failed? No.'],
    ['deploy failed', 'that the deploy failed never happened'],
    ['connection reset', 'rule out connection reset'],
    ['connection reset', 'the connection reset isn’t the cause'],
    ['connection reset', 'the connection reset was not the cause'],
    ['oom killed', 'hardly OOM killed'],
    ['5 errors', '-5 errors'],
    ['1.5', 'a drift of -1.5'],
    ['00:05', '10:00:05'],
    ['PAY-1', 'PAY-1-2'],
    ['v2.3', 'v2.3-rc1'],
    ['zurückgerollt', 'Es wurde nichts und nie zurückgerollt'],
  ])('“%s” does not stand in “%s”', (evidence, seen) => {
    expect(problemOf(evidence, seen)).toContain(`${JSON.stringify(evidence)} as evidence`);
  });

  test.each([
    ['PAY-1', 'PAY-1432 is open, and so is PAY-1.'],
    ['1432', 'PAY-1432'],
    ['2026-11-23', '2026-11-23T10:03:00Z'],
    ['10:03', '2026-11-23T10:03:00Z'],
    ['rolled  back', 'It was Rolled\nback.'],
    ['10:03', 'between 10:03-10:07'],
    ['PAY-1', 'PAY-1 is not resolved'],
    ['rolled back', 'it was rolled back, not slow'],
    ['Dropped the index', 'Dropped the index and two others that no statistics showed'],
    ['deploy failed', '"deploy failed": true, "rolled back": false'],
    ['5 errors', '- 5 errors'],
    ['not rolled back', 'it was not rolled back'],
    ['rolled back', 'It was not slow. It was rolled back.'],
    ['rolled back', 'owner: no\nstate: rolled back'],
    ['"key": "PAY-1"', '{"note": "none", "key": "PAY-1"}', '{"key": "PAY-1"}'],
    ['誰が', '当番は誰が'],
  ])('“%s” stands in “%s”', (evidence, ...seen) => {
    expect(problemOf(evidence, ...seen)).toBeUndefined();
  });
});
