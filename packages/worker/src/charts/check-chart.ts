import { textLimits } from '@vera/protocol/shorten';
import { plainName } from '../plain-name.ts';
import { ToolFailure } from '../tools/tool.ts';
import type { Chart } from './chart.ts';

/** More can neither be drawn nor looked at. */
const most = { categories: 500, series: 20, rows: 60, slices: 30, points: 5_000 };

/** Refuses what no chart can show, with words that say what to do instead. */
export function checkChart({ kind, categories, series }: Chart): void {
  const lines = kind === 'heatmap' ? most.rows : most.series;
  refuseIf(categories.length === 0 || series.length === 0, 'There is nothing to draw: the table has no rows.');
  refuseIf(
    series.length > lines,
    `${series.length} series are too many to tell apart. Take at most ${lines}, or sum the small ones with query_table.`,
  );
  refuseIf(
    kind !== 'scatter' && categories.length > most.categories,
    `${categories.length} categories are too many. Group them, or take the top ones with query_table.`,
  );
  refuseIf(
    categories.length * series.length > most.points,
    `${categories.length * series.length} points are too many, for there are at most ${most.points}. Group them with query_table.`,
  );
  if (kind !== 'scatter') refuseTwice(categories, 'category', 'Group them with query_table first, or name series_by.');
  refuseTwice(
    series.map(({ name }) => name),
    'series',
    'Give each another name.',
  );
  const values = series.flatMap((one) => one.values.filter((value) => value !== undefined));
  refuseIf(values.length === 0, 'There is nothing to draw: all values are empty.');
  if (kind === 'pie') checkPie(categories, series, values);
}

function checkPie(categories: readonly string[], series: Chart['series'], values: readonly number[]): void {
  refuseIf(series.length > 1, 'A pie shows one series. Name one column of values, or draw stacked bars.');
  refuseIf(
    categories.length > most.slices,
    `A pie of ${categories.length} slices cannot be read. Sum the small ones with query_table, or draw bars.`,
  );
  refuseIf(
    values.some((value) => value < 0),
    'A pie shows parts of a whole, and some values are negative. Draw bars.',
  );
  refuseIf(!values.some((value) => value > 0), 'A pie shows parts of a whole, and all values are zero. Draw bars.');
}

function refuseTwice(names: readonly string[], what: string, advice: string): void {
  const seen = new Map<string, number>();
  names.forEach((name, index) => {
    const before = seen.get(name);
    refuseIf(
      before !== undefined,
      `The ${what} "${plainName(name, textLimits.quote)}" is there twice, at ${(before ?? 0) + 1} and ${index + 1}. ${advice}`,
    );
    seen.set(name, index);
  });
}

function refuseIf(isWrong: boolean, words: string): void {
  if (isWrong) throw new ToolFailure(words);
}
