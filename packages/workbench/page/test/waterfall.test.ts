import { describe, expect, test } from 'vitest';
import { type Branch, toWaterfall } from '../src/page/state/to-waterfall.ts';
import { lengthOf } from '../src/page/text/times.ts';
import type { TraceSpan } from '../src/trace.ts';

const span = (id: string, [at, until]: readonly [number, number], more: Partial<TraceSpan> = {}): TraceSpan => ({
  ...{ id, parent: undefined, name: id, at: 1_000 + at, until: 1_000 + until, attributes: {}, links: [], isError: false },
  ...more,
});
const outline = (branches: readonly Branch[]): unknown => branches.map(({ label, below }) => [label, outline(below)]);

describe('the waterfall of a trace', () => {
  test('has each span below what it is part of, in the order in which they began, on one scale', () => {
    const { branches, milliseconds } = toWaterfall([
      span('late', [60, 100], { parent: 'root' }),
      span('root', [0, 100]),
      span('inner', [20, 40], { parent: 'early' }),
      span('early', [10, 50], { parent: 'root' }),
    ]);
    expect(outline(branches)).toEqual([
      [
        'root',
        [
          ['early', [['inner', []]]],
          ['late', []],
        ],
      ],
    ]);
    expect(milliseconds).toBe(100);
    expect(branches[0]?.below[0]).toMatchObject({ left: 0.1, width: 0.4, after: 10, took: 40 });
  });

  test('keeps what hangs on nothing that is known yet', () => {
    expect(outline(toWaterfall([span('alone', [0, 5], { parent: 'unknown' })]).branches)).toEqual([['alone', []]]);
    expect(toWaterfall([])).toEqual({ branches: [], cuts: [], milliseconds: 0 });
  });

  test('shortens the time in which a person made up their mind, and says how long it was', () => {
    const { branches, cuts, milliseconds } = toWaterfall([
      span('before', [0, 1_000]),
      span('breath', [1_100, 2_000]),
      span('after', [602_000, 604_000]),
    ]);
    expect(cuts).toEqual([{ left: expect.closeTo(0.5, 1), milliseconds: 600_000 }]);
    expect(milliseconds).toBe(604_000);
    const [before, breath, after] = branches;
    expect(before?.width).toBeCloseTo(1_000 / (4_000 + 0.08 * 3_900), 5);
    expect(breath?.left).toBeGreaterThan((before?.left ?? 0) + (before?.width ?? 0));
    expect((after?.left ?? 0) + (after?.width ?? 0)).toBeCloseTo(1, 5);
  });

  test('says who it was, which attempt, how it ended, and leads from one attempt to the next', () => {
    const attributes = { 'vera.component': 'worker', 'vera.attempt': 2, 'vera.outcome': 'answered' };
    const { branches } = toWaterfall([
      span('a', [0, 1], { name: 'attempt', isError: true, attributes: { 'vera.component': 'worker', 'vera.outcome': 'cut-off' } }),
      span('b', [2, 3], { name: 'attempt', attributes, links: ['a'] }),
      span('c', [2, 3], { name: 'chat model', attributes: { 'gen_ai.response.finish_reasons': ['end_turn'] } }),
    ]);
    expect(branches.map(({ label }) => label)).toEqual(['worker · attempt · cut-off', 'worker · attempt 2 · answered', 'chat model']);
    expect(branches.map(({ tone }) => tone)).toEqual(['session', 'session', 'model']);
    expect(branches.map(({ before, next }) => [before, next])).toEqual([
      [[], ['b']],
      [['a'], []],
      [[], []],
    ]);
    expect(branches[2]?.told).toEqual([['gen_ai.response.finish_reasons', '["end_turn"]']]);
  });
});

test('a length is told in the unit that a person would take', () => {
  expect([0.4, 12, 999.7, 4_480, 59_970, 200_000, 119_990].map(lengthOf)).toEqual([
    ...['0 ms', '12 ms', '1.0 s', '4.5 s', '1 min 0 s', '3 min 20 s', '2 min 0 s'],
  ]);
});
