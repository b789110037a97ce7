import { describe, expect, it } from 'vitest';
import { judge, keyOf, type State, statesOf } from './alarm-states.ts';
import { evaluate } from './metric-maths.ts';

const threeOfThree = { period: 1, evaluationPeriods: 3, datapointsToAlarm: 3, comparison: 'GreaterThanThreshold', threshold: 0 };
const rest = { says: '', actions: { alarm: [], ok: [] } };

describe('an alarm’s state', () => {
  // AWS's own table, newest point last, X above the threshold, by what is missing counts as ('missing', 'ignore', 'breaching', 'notBreaching'): "Configuring how CloudWatch alarms treat missing data".
  it.each<[string, ...State[]]>([
    ['0 - X - X', 'OK', 'OK', 'OK', 'OK'],
    ['- - - - 0', 'OK', 'OK', 'OK', 'OK'],
    ['- - - - -', 'INSUFFICIENT_DATA', 'OK', 'ALARM', 'OK'],
    ['0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['- - X - -', 'ALARM', 'OK', 'ALARM', 'OK'],
  ])('of the points %s is as AWS says', (text, ...expected) => {
    const values: Readonly<Record<string, number>> = { X: 1, '0': 0 };
    const points = text
      .split(' ')
      .map((point) => values[point])
      .reverse();
    const stateOf = (treatMissingData: string) => judge({ ...threeOfThree, ...rest, treatMissingData }, points, 'OK');
    expect(['missing', 'ignore', 'breaching', 'notBreaching'].map(stateOf)).toEqual(expected);
  });

  it('changes with each minute, as its window moves', () => {
    const query = { namespace: 'own', name: 'lost', dimensions: {}, statistic: 'Sum' };
    const alarm = {
      ...{ ...rest, name: 'lost', queries: { lost: query }, expression: 'lost', treatMissingData: 'notBreaching', threshold: 2 },
      ...{ period: 3, evaluationPeriods: 1, datapointsToAlarm: 1, comparison: 'GreaterThanOrEqualToThreshold' },
    };
    const counted = (...minutes: number[]) => new Map([[keyOf(query), new Map(minutes.map((minute) => [minute, [1]]))]]);
    const marks = (...minutes: number[]) => statesOf(alarm, counted(...minutes), [3, 9], { lookBack: 0 }).map((state) => state[0]);
    expect(marks(3, 5)).toEqual(['O', 'O', 'O', 'A', 'O', 'O', 'O']);
    expect(marks(3, 6)).toEqual(['O', 'O', 'O', 'O', 'O', 'O', 'O']);
  });
});

describe('metric maths', () => {
  const metrics = { m1: [4, 0, undefined], m2: [2, 5, 1] };

  it.each([
    ['m1 + m2 * 2', [8, 10, undefined]],
    ['(m1 + m2) / 2', [3, 2.5, undefined]],
    ['IF(m1 < 1, m2, 0)', [0, 5, undefined]],
    ['IF(m2 >= 2, 1, m1)', [1, 1, undefined]],
    ['7', [7, 7, 7]],
  ])('of %s is reckoned', (expression, expected) => {
    expect(evaluate(expression, metrics, 3)).toEqual(expected);
  });

  it.each(['m3', 'FILL(m1, 0)', 'm1 +', 'IF(m1, m2)', 'm1 m2', ''])('refuses what it does not know: %j', (expression) => {
    expect(() => evaluate(expression, metrics, 3)).toThrow('no metric maths known here');
  });
});
