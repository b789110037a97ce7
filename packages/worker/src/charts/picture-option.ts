import { shorten } from '@vera/protocol/shorten';
import type { EChartsCoreOption } from 'echarts/core';
import type { Chart } from './chart.ts';
import { withUnit } from './slack-chart.ts';

export interface Picture {
  readonly option: EChartsCoreOption;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
}

export const fontFamily = 'Inter';

/** Far enough apart for the common kinds of colour blindness, and from white. */
const colors = ['#2166ac', '#e08214', '#1b7837', '#b2182b', '#762a83', '#35978f', '#8c510a', '#5a6b7b', '#c51b7d', '#80a400'];
const ink = { strong: '#1d1c1d', soft: '#5b5a5c', line: '#d8d7d9' };

/** Above these bars lie, so that their names can be read; beside these only some of the names stand. */
const longName = 14;
const mostLying = 60;
const mostNamed = 60;
/** Of the name beside a slice, so that its number has room. */
const longestSlice = 30;

/** How echarts is to draw it. Categories are names and values stand in their order: in pairs it would take the number 404 for a position. */
export function pictureOption(chart: Chart): Picture {
  const layout = layoutOf(chart);
  const common = {
    animation: false,
    backgroundColor: '#ffffff',
    color: colors,
    textStyle: { fontFamily, color: ink.strong },
    title: {
      text: chart.title,
      left: 24,
      top: 18,
      textStyle: { fontSize: 20, fontWeight: 'normal', color: ink.strong, width: layout.width * 0.85, overflow: 'truncate' },
    },
    ...legendOf(chart, layout),
  };
  return { width: layout.width, height: layout.height, option: { ...common, ...bodyOf(chart, layout) } };
}

interface Layout {
  readonly width: number;
  readonly height: number;
  /** Where the plot begins, below title and legend. */
  readonly top: number;
  readonly isLying: boolean;
}

function layoutOf({ kind, categories, series }: Chart): Layout {
  const isBars = kind === 'bar' || kind === 'grouped' || kind === 'stacked';
  const longest = Math.max(...categories.map(({ length }) => length));
  const isLying = isBars && longest > longName && categories.length <= mostLying;
  const bars = categories.length * (kind === 'stacked' ? 1 : series.length);
  const width = isLying ? 900 : bounded(160 + (kind === 'pie' || kind === 'scatter' ? 0 : categories.length * 22), 900, 1_600);
  const top = 64 + (hasLegend({ kind, series }) ? legendRows(series, width) * 24 : 0);
  const rows = kind === 'heatmap' ? series.length * 30 : 0;
  const height = isLying
    ? bounded(top + 90 + Math.max(categories.length * 30, bars * 16), 400, 2_400)
    : bounded(top + 400 + rows - 300, top + 400, 2_400);
  return { width, height, top, isLying };
}

function hasLegend({ kind, series }: Pick<Chart, 'kind' | 'series'>): boolean {
  return series.length > 1 && kind !== 'pie' && kind !== 'heatmap';
}

function legendRows(series: Chart['series'], width: number): number {
  const whole = series.reduce((sum, { name }) => sum + 50 + Math.min(name.length, 40) * 8, 0);
  return Math.ceil(whole / (width - 100));
}

function legendOf({ kind, series }: Chart, { width }: Layout) {
  if (!hasLegend({ kind, series })) return {};
  return {
    legend: {
      type: 'plain',
      left: 24,
      top: 52,
      width: width - 48,
      itemGap: 16,
      textStyle: { fontSize: 13, color: ink.strong, width: 320, overflow: 'truncate' },
    },
  };
}

function bodyOf(chart: Chart, layout: Layout) {
  switch (chart.kind) {
    case 'pie':
      return pie(chart, layout);
    case 'scatter':
      return scatter(chart, layout);
    case 'heatmap':
      return heatmap(chart, layout);
    default:
      return overCategories(chart, layout);
  }
}

function overCategories(chart: Chart, layout: Layout) {
  const { kind, categories, series } = chart;
  const names = categoryAxis(categories, layout, chart.xLabel);
  const values = valueAxis(withUnit(chart.yLabel ?? '', chart.unit), layout.isLying);
  const isLabelled = series.length === 1 && categories.length <= 25 && (kind === 'bar' || kind === 'grouped');
  return {
    grid: gridOf(layout),
    ...(layout.isLying ? { xAxis: values, yAxis: { ...names, inverse: true } } : { xAxis: names, yAxis: values }),
    series: series.map(({ name, values: numbers }) => ({
      name,
      data: numbers.map((value) => value ?? null),
      ...(isLabelled
        ? {
            label: {
              show: true,
              position: layout.isLying ? 'right' : 'top',
              fontSize: 12,
              color: ink.strong,
              formatter: ({ value }: { value: unknown }) => briefly(value),
            },
          }
        : {}),
      ...(kind === 'line' || kind === 'area'
        ? {
            type: 'line',
            connectNulls: false,
            symbol: 'circle',
            symbolSize: 6,
            showSymbol: categories.length <= mostNamed || numbers.includes(undefined),
          }
        : { type: 'bar', barMaxWidth: 48, barMinHeight: 0 }),
      ...(kind === 'area' ? { areaStyle: { opacity: 0.25 } } : {}),
      ...(kind === 'stacked' ? { stack: 'all' } : {}),
    })),
  };
}

function pie({ categories, series, unit }: Chart, { top, height, width }: Layout) {
  const values = series[0]?.values ?? [];
  const data = categories.flatMap((name, index) => (values[index] === undefined ? [] : [{ name, value: values[index] }]));
  return {
    series: [
      {
        type: 'pie',
        radius: Math.min(width, height - top) / 2 - 60,
        center: ['50%', top + (height - top) / 2],
        data,
        startAngle: 90,
        avoidLabelOverlap: true,
        itemStyle: { borderColor: '#ffffff', borderWidth: 2 },
        label: {
          fontSize: 13,
          color: ink.strong,
          formatter: ({ name, value, percent }: { name: string; value: unknown; percent: number }) =>
            `${shorten(name, longestSlice)}: ${briefly(value)}${unit === undefined ? '' : ` ${unit}`}${unit === '%' ? '' : ` (${Math.round(percent)}%)`}`,
        },
      },
    ],
  };
}

function scatter(chart: Chart, layout: Layout) {
  const { positions = [], series } = chart;
  return {
    grid: gridOf(layout),
    xAxis: { ...valueAxis(chart.xLabel ?? '', true), scale: true },
    yAxis: { ...valueAxis(withUnit(chart.yLabel ?? '', chart.unit), false), scale: true },
    series: series.map(({ name, values }) => ({
      name,
      type: 'scatter',
      symbolSize: 9,
      data: values.flatMap((value, index) => (value === undefined ? [] : [[positions[index], value]])),
      itemStyle: { opacity: 0.75 },
    })),
  };
}

function heatmap(chart: Chart, layout: Layout) {
  const { categories, series } = chart;
  const data = series.flatMap(({ values }, row) => values.flatMap((value, column) => (value === undefined ? [] : [[column, row, value]])));
  const numbers = data.map(([, , value]) => value ?? 0);
  const [min, max] = [Math.min(...numbers), Math.max(...numbers)];
  const isLabelled = categories.length <= 24 && data.length <= 400;
  return {
    grid: { ...gridOf(layout), right: 110 },
    xAxis: { ...categoryAxis(categories, layout, chart.xLabel), splitArea: { show: false } },
    yAxis: {
      ...categoryAxis(
        series.map(({ name }) => name),
        { ...layout, isLying: true },
        chart.yLabel,
      ),
      inverse: true,
    },
    visualMap: {
      min,
      max: max === min ? max + 1 : max,
      right: 16,
      top: 'middle',
      itemHeight: 200,
      text: [briefly(max), briefly(min)],
      textStyle: { fontSize: 12, color: ink.strong },
      inRange: { color: ['#eef4fb', '#9ecae1', '#2166ac', '#08306b'] },
    },
    series: [
      {
        type: 'heatmap',
        data,
        itemStyle: { borderColor: '#ffffff', borderWidth: 1 },
        label: { show: isLabelled, fontSize: 11, formatter: ({ value }: { value: readonly unknown[] }) => briefly(value[2]) },
      },
    ],
  };
}

function gridOf({ top }: Layout) {
  return { left: 24, right: 32, top: top + 20, bottom: 24, outerBoundsMode: 'same', outerBoundsContain: 'all' };
}

function categoryAxis(categories: readonly string[], { isLying }: Layout, name = '') {
  const isCrowded = categories.length > mostNamed;
  const longest = Math.max(...categories.map(({ length }) => length));
  const rotate = isLying || categories.length * longest < 100 ? 0 : 40;
  return {
    type: 'category',
    data: categories,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: ink.line } },
    ...axisName(isLying ? '' : name, 'x'),
    // Otherwise echarts leaves out every second name.
    axisLabel: {
      ...(isCrowded ? {} : { interval: 0 }),
      rotate,
      fontSize: 12,
      color: ink.strong,
      width: isLying ? 280 : 150,
      overflow: 'truncate',
    },
  };
}

function valueAxis(name: string, isBelow: boolean) {
  return {
    type: 'value',
    splitLine: { lineStyle: { color: ink.line } },
    axisLabel: { fontSize: 12, color: ink.soft, formatter: briefly },
    ...axisName(name, isBelow ? 'x' : 'y'),
  };
}

function axisName(name: string, axis: 'x' | 'y') {
  if (name === '') return {};
  return {
    name,
    nameLocation: 'middle',
    nameGap: axis === 'x' ? 36 : 52,
    nameTextStyle: { fontSize: 13, color: ink.soft, width: 360, overflow: 'truncate' },
  };
}

const brief = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2, notation: 'standard' });
const briefer = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4, notation: 'compact' });
const tiny = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

function briefly(value: unknown): string {
  if (typeof value !== 'number') return '';
  if (Math.abs(value) >= 100_000) return briefer.format(value);
  return value !== 0 && Math.abs(value) < 0.1 ? tiny.format(value) : brief.format(value);
}

function bounded(value: number, least: number, most: number): number {
  return Math.round(Math.min(Math.max(value, least), most));
}
