import { type BlockRecord, isRecord, recordsOf } from './block-record.ts';

/** One number of a chart, wherever it is drawn. */
export interface ChartPoint {
  readonly series: string;
  readonly label: string;
  readonly value: number;
}

export interface ChartLines {
  readonly type: string;
  readonly categories: readonly string[];
  /** One line of points each, in the order of the categories. */
  readonly lines: readonly (readonly ChartPoint[])[];
}

/** What is in a `data_visualization` block of Slack's. */
export function chartLinesOf({ chart }: BlockRecord): ChartLines {
  const given = isRecord(chart) ? chart : {};
  const points = (series: string, data: unknown) =>
    recordsOf(data).map(({ label, value }) => ({ series, label: String(label), value: Number(value) }));
  const lines =
    given.type === 'pie' ? [points('', given.segments)] : recordsOf(given.series).map(({ name, data }) => points(String(name), data));
  return { type: String(given.type), categories: lines[0]?.map(({ label }) => label) ?? [], lines };
}

/** The plot of bars and lines, in the units of its picture. */
export const plot = { left: 64, right: 552, top: 12, bottom: 232 } as const;

export interface Scale {
  readonly ticks: readonly number[];
  /** From a value to its place. */
  readonly y: (value: number) => number;
}

/** An axis that holds zero and all values, with round numbers on it. */
export function scaleOf(values: readonly number[]): Scale {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const step = roundStep((high - low || 1) / 4);
  const [from, to] = [Math.floor(low / step) * step, Math.max(Math.ceil(high / step) * step, Math.floor(low / step) * step + step)];
  const count = Math.round((to - from) / step);
  const y = (value: number) => plot.bottom - ((value - from) / (to - from)) * (plot.bottom - plot.top);
  return { ticks: Array.from({ length: count + 1 }, (_, index) => Number((from + index * step).toPrecision(12))), y };
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough * 0.999) ?? power * 10;
}

export interface Bar extends ChartPoint {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly color: number;
}

export function barsOf({ lines, categories }: ChartLines, { y }: Scale): Bar[] {
  const band = (plot.right - plot.left) / Math.max(categories.length, 1);
  const width = Math.min((band * 0.75) / Math.max(lines.length, 1), 48);
  return lines.flatMap((line, color) =>
    line.map((point, index) => {
      const x = plot.left + band * (index + 0.5) + width * (color - lines.length / 2);
      const [top, foot] = [Math.min(y(point.value), y(0)), Math.max(y(point.value), y(0))];
      return { ...point, x, y: top, width: width * 0.92, height: foot - top, color };
    }),
  );
}

/** The middle of a category's place. */
export function middleOf(index: number, count: number): number {
  return plot.left + ((plot.right - plot.left) / Math.max(count, 1)) * (index + 0.5);
}

export interface Slice extends ChartPoint {
  readonly path: string;
  readonly percent: number;
}

/** Slices of a circle about (0, 0) with a radius of 100, clockwise from the top. */
export function slicesOf(points: readonly ChartPoint[]): Slice[] {
  const whole = points.reduce((sum, { value }) => sum + value, 0) || 1;
  let before = 0;
  return points.map((point) => {
    const [from, to] = [before / whole, (before + point.value) / whole];
    before += point.value;
    const at = (part: number) => `${(100 * Math.sin(2 * Math.PI * part)).toFixed(2)} ${(-100 * Math.cos(2 * Math.PI * part)).toFixed(2)}`;
    // An arc from a point to itself is none.
    const path =
      to - from > 0.9999
        ? 'M 0 -100 A 100 100 0 1 1 -0.01 -100 Z'
        : `M 0 0 L ${at(from)} A 100 100 0 ${to - from > 0.5 ? 1 : 0} 1 ${at(to)} Z`;
    return { ...point, path, percent: Math.round((to - from) * 100) };
  });
}
