import { shorten } from '@vera/protocol/shorten';
import type { Chart, ChartKind } from './chart.ts';

type Block = Readonly<Record<string, unknown>>;

/** What Slack's own chart can show: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
const most = { series: 6, categories: 20, label: 20, title: 50, axis: 50 };

/** Slack has no stacked areas, and no word on how areas of several series lie on one another. */
const slackKind: Partial<Record<ChartKind, 'bar' | 'line' | 'area' | 'pie'>> = {
  bar: 'bar',
  grouped: 'bar',
  line: 'line',
  area: 'area',
  pie: 'pie',
};

/** Slack's own chart with exactly these numbers and names; undefined where it has none that says it all. */
export function slackChart(chart: Chart): Block | undefined {
  const { kind, categories, series, title, unit } = chart;
  const type = slackKind[kind];
  const isShort = [...categories, ...series.map(({ name }) => name)].every(({ length }) => length > 0 && length <= most.label);
  const isWhole = series.every(({ values }) => values.every((value) => value !== undefined));
  if (!type || !isShort || !isWhole) return undefined;
  if (type === 'pie') return pie(chart);
  if (series.length > most.series || categories.length > most.categories || (type === 'area' && series.length > 1)) return undefined;
  const [x, y] = [chart.xLabel ?? '', withUnit(chart.yLabel ?? '', unit)];
  return {
    type: 'data_visualization',
    title: shorten(title, most.title),
    chart: {
      type,
      series: series.map(({ name, values }) => ({ name, data: categories.map((label, index) => ({ label, value: values[index] })) })),
      axis_config: {
        categories,
        ...(x === '' ? {} : { x_label: shorten(x, most.axis) }),
        ...(y === '' ? {} : { y_label: shorten(y, most.axis) }),
      },
    },
  };
}

function pie({ categories, series, title, unit }: Chart): Block | undefined {
  const values = series[0]?.values ?? [];
  if (categories.length > most.series || !values.every((value) => value !== undefined && value > 0)) return undefined;
  const segments = categories.map((label, index) => ({ label, value: values[index] }));
  return { type: 'data_visualization', title: shorten(withUnit(title, unit), most.title), chart: { type: 'pie', segments } };
}

/** "Cost (EUR)". */
export function withUnit(label: string, unit: string | undefined): string {
  if (unit === undefined) return label;
  return label === '' ? unit : `${label} (${unit})`;
}
