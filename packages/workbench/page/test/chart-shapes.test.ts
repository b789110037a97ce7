import { describe, expect, test } from 'vitest';
import { barsOf, chartLinesOf, plot, scaleOf, slicesOf } from '../src/page/parts/chart-shapes.ts';

const block = (values: readonly number[]) => ({
  type: 'data_visualization',
  title: 'Costs',
  chart: { type: 'bar', series: [{ name: 'a', data: values.map((value, index) => ({ label: `c${index}`, value })) }] },
});

describe('bars', () => {
  test('are as high as their values, and hang below zero where these are negative', () => {
    const chart = chartLinesOf(block([5, -2.5, 0]));
    const scale = scaleOf([5, -2.5, 0]);
    const bars = barsOf(chart, scale);
    expect(bars.map(({ label, value }) => [label, value])).toEqual([
      ['c0', 5],
      ['c1', -2.5],
      ['c2', 0],
    ]);
    const [five, minus, none] = bars;
    expect((five?.height ?? 0) / (minus?.height ?? 1)).toBeCloseTo(2);
    expect([(five?.y ?? 0) + (five?.height ?? 0), minus?.y]).toEqual([scale.y(0), scale.y(0)]);
    expect(none?.height).toBe(0);
  });
});

describe('the axis', () => {
  test.each([
    [
      [1, 5],
      [0, 2, 4, 6],
    ],
    [
      [-3, 7],
      [-5, 0, 5, 10],
    ],
    [[0], [0, 0.5]],
    [
      [0.001, 0.0042],
      [0, 0.002, 0.004, 0.006],
    ],
  ])('of %j', (values, ticks) => {
    const scale = scaleOf(values);
    expect(scale.ticks).toEqual(ticks);
    for (const value of values) expect(scale.y(value)).toBeGreaterThanOrEqual(plot.top);
  });
});

test('slices are shares of the whole; a single one is a whole circle', () => {
  const points = [3, 1].map((value) => ({ series: '', label: 'x', value }));
  expect(slicesOf(points).map(({ percent }) => percent)).toEqual([75, 25]);
  expect(slicesOf(points.slice(0, 1))[0]?.path).toContain('A 100 100 0 1 1');
});
