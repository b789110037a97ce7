import { checkBlocks } from '@vera/slack-stand-in/blocks/check-blocks';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Chart } from '../../src/charts/chart.ts';
import { altText, chartWords } from '../../src/charts/chart-words.ts';
import { createDrawPicture } from '../../src/charts/draw-picture.ts';
import { numbersTable } from '../../src/charts/numbers-table.ts';
import { pictureOption } from '../../src/charts/picture-option.ts';
import { slackChart } from '../../src/charts/slack-chart.ts';
import { type ChartRequest, toChart } from '../../src/charts/to-chart.ts';
import { createTableShelf } from '../../src/tables/table-shelf.ts';
import { ToolFailure } from '../../src/tools/tool.ts';
import { anyRequest } from './any-chart.ts';

const runs = { numRuns: 100 };

/** Undefined where it is refused, which only a failure in words may do. */
function chartOf(request: ChartRequest): Chart | undefined {
  try {
    return toChart(request, createTableShelf());
  } catch (error) {
    expect(error).toBeInstanceOf(ToolFailure);
    return undefined;
  }
}
const forAny = (hold: (chart: Chart) => void) =>
  fc.assert(
    fc.property(anyRequest, (request) => {
      const chart = chartOf(request);
      if (chart) hold(chart);
    }),
    runs,
  );

type Points = readonly (readonly (number | undefined)[])[];
const valuesOf = ({ series }: Chart): Points => series.map(({ values }) => values);

describe('any table becomes a chart with these very numbers', () => {
  test('what was given is what is to be drawn', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const given = request.data?.series.map(({ values }) => values.map((value) => value ?? undefined));
        const chart = chartOf(request);
        if (chart) expect(valuesOf(chart)).toEqual(given);
      }),
      runs,
    );
  });

  test('Slack’s own chart is one that Slack takes', () => {
    let count = 0;
    forAny((chart) => {
      const block = slackChart(chart) as { chart: { segments?: Point[]; series?: { data: Point[] }[] } } | undefined;
      if (!block) return;
      count += 1;
      expect(checkBlocks([block])).toEqual([]);
      const lines = block.chart.segments ? [block.chart.segments] : (block.chart.series?.map(({ data }) => data) ?? []);
      expect(lines.map((line) => line.map(({ value }) => value))).toEqual(valuesOf(chart));
      for (const line of lines) expect(line.map(({ label }) => label)).toEqual(chart.categories);
    });
    expect(count).toBeGreaterThan(0);
  });

  test('the picture shows each number at the name it belongs to, and gaps as gaps', () => {
    forAny((chart) => {
      const { option, width, height } = pictureOption(chart);
      expect([width >= 400 && width <= 1_600, height >= 400 && height <= 2_400]).toEqual([true, true]);
      expect(drawnIn(chart, option as unknown as Option)).toEqual(valuesOf(chart));
    });
  });

  test('the table of its numbers is one that Slack takes; what has no room in it is counted', () => {
    forAny((chart) => {
      const { block, left } = numbersTable(chart);
      expect(checkBlocks([block])).toEqual([]);
      const rows = (block as { rows: Record<string, unknown>[][] }).rows.slice(1);
      const numbers = rows.map((row) => row.slice(1).map(({ value }) => value as number | undefined));
      expect(numbers).toEqual(chart.categories.slice(0, rows.length).map((_, index) => valuesOf(chart).map((values) => values[index])));
      expect(left).toEqual(rows.length < chart.categories.length ? [`… ${chart.categories.length - rows.length} more rows`] : []);
    });
  });

  test('the table of its numbers is read as people write them: in groups from five digits on, with equally many decimals', () => {
    const data = {
      categories: ['a', 'b', 'c'],
      series: [
        { name: 'x', values: [261_755.85, 748_032.5, null] },
        { name: 'Year', values: [2024, -12_345, 7] },
      ],
    };
    const chart = chartOf({ kind: 'bar', title: 't', data });
    const { rows = [] } = (chart ? numbersTable(chart).block : {}) as { rows?: Record<string, unknown>[][] };
    expect(rows.slice(1).map((row) => row.slice(1).map(({ text }) => text))).toEqual([
      ['261,755.85', '2024'],
      ['748,032.50', '-12,345'],
      ['–', '7'],
    ]);
  });

  test('in words it has all its numbers, or says how many more there are', () => {
    forAny((chart) => {
      const words = chartWords(chart);
      expect([words.length <= 3_000, altText(chart).length <= 1_000, words.includes('<!')]).toEqual([true, true, false]);
      const more = Number(/^… (\d+) more$/m.exec(words)?.[1] ?? 0);
      const axes = chart.xLabel === undefined && chart.yLabel === undefined ? 0 : 1;
      expect(words.split('\n').length - 1 - axes - chart.notes.length).toBe(chart.categories.length - more + (more > 0 ? 1 : 0));
    });
  });
});

describe('any chart is drawn', () => {
  const draw = createDrawPicture({ idle: 50 });
  afterAll(() => new Promise((resolve) => setTimeout(resolve, 100)));

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__defineGetter__', 'null', '<text>', '"', "'&"])(
    'with a category and a series called %s',
    async (name) => {
      for (const kind of ['bar', 'line', 'pie', 'heatmap', 'stacked'] as const) {
        const series = [{ name: kind === 'pie' ? 'x' : name, values: [1, 2] }, ...(kind === 'pie' ? [] : [{ name: 'y', values: [3, 4] }])];
        const chart = chartOf({ kind, title: name, data: { categories: [name, 'other'], series } });
        if (!chart) throw new Error(`${kind} was refused`);
        expect((await draw(chart)).png.byteLength).toBeGreaterThan(1_000);
      }
    },
    60_000,
  );

  test('as a picture', async () => {
    const property = fc.asyncProperty(anyRequest, async (request) => {
      const chart = chartOf(request);
      if (!chart) return;
      const { png } = await draw(chart);
      expect(Buffer.from(png.subarray(1, 4)).toString()).toBe('PNG');
    });
    await fc.assert(property, { numRuns: 4 });
  }, 60_000);
});

interface Point {
  readonly label: string;
  readonly value: number;
}

interface Option {
  readonly xAxis?: { readonly data?: readonly string[] };
  readonly yAxis?: { readonly data?: readonly string[] };
  readonly series: readonly { readonly data: readonly unknown[] }[];
}

/** The numbers as echarts is given them, by series and category. */
function drawnIn({ kind, categories, positions = [], series }: Chart, { xAxis, yAxis, series: drawn }: Option): Points {
  if (kind === 'pie') {
    const slices = new Map(((drawn[0]?.data ?? []) as { name: string; value: number }[]).map(({ name, value }) => [name, value]));
    return [categories.map((name) => slices.get(name))];
  }
  if (kind === 'scatter') {
    return drawn.map(({ data }, line) => {
      const points = [...(data as [number, number][])];
      return positions.map((place, index) => {
        if (series[line]?.values[index] === undefined) return undefined;
        const [x, y] = points.shift() ?? [];
        expect(x).toBe(place);
        return y;
      });
    });
  }
  if (kind === 'heatmap') {
    expect([xAxis?.data, yAxis?.data]).toEqual([categories, series.map(({ name }) => name)]);
    const cells = new Map(((drawn[0]?.data ?? []) as [number, number, number][]).map(([x, y, value]) => [`${x} ${y}`, value]));
    return series.map((_, row) => categories.map((__, column) => cells.get(`${column} ${row}`)));
  }
  expect(xAxis?.data ?? yAxis?.data).toEqual(categories);
  return drawn.map(({ data }) => data.map((value) => (value === null ? undefined : (value as number))));
}
