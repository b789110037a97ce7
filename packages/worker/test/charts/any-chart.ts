import fc from 'fast-check';
import { type ChartKind, chartKinds } from '../../src/charts/chart.ts';
import type { ChartRequest } from '../../src/charts/to-chart.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '200',
    '404',
    '2026-11-30',
    'Отдел',
    '東京',
    '🚀',
    'a\u000bb',
    '<!here>',
    '=1',
    'Umsatz (brutto) für außerordentliche Posten',
  ),
);
const number = fc.oneof(
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.double({ min: -1e15, max: 1e15, noNaN: true }).filter((value) => value === 0 || Math.abs(value) > 1e-8),
  fc.constantFrom(0, -0, 1, 1e15, 1e-8),
);
const value = fc.oneof({ weight: 6, arbitrary: number }, { weight: 1, arbitrary: fc.constant(null) });

/** A request for any chart, of which not every one can be drawn. */
export const anyRequest: fc.Arbitrary<ChartRequest> = fc
  .record({
    kind: fc.constantFrom(...chartKinds),
    categories: fc.oneof(
      fc.uniqueArray(text, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 260 }).map((count) => Array.from({ length: count }, (_, index) => `c${index}`)),
    ),
    names: fc.uniqueArray(text, { minLength: 1, maxLength: 8 }),
    title: text,
    x_label: fc.option(text, { nil: undefined }),
    y_label: fc.option(text, { nil: undefined }),
    unit: fc.constantFrom(undefined, 'EUR', '%', '円'),
  })
  .chain(({ kind, categories, names, ...rest }) => {
    const values = fc.array(kind === 'pie' ? value.map((one) => (one === null ? one : Math.abs(one))) : value, {
      minLength: categories.length,
      maxLength: categories.length,
    });
    const series = fc.tuple(...(kind === 'pie' ? names.slice(0, 1) : names).map((name) => fc.record({ name: fc.constant(name), values })));
    return series.map((all): ChartRequest => ({ ...rest, kind, data: { categories: placesOf(kind, categories), series: all } }));
  });

function placesOf(kind: ChartKind, categories: readonly string[]): readonly (string | number)[] {
  return kind === 'scatter' ? categories.map((_, index) => (index % 7) * 1.5) : categories;
}
