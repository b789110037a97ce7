export const chartKinds = ['bar', 'grouped', 'stacked', 'line', 'area', 'pie', 'scatter', 'heatmap'] as const;
export type ChartKind = (typeof chartKinds)[number];

/** What a chart shows, whoever draws it. Texts are one line without control characters. */
export interface Chart {
  readonly kind: ChartKind;
  readonly title: string;
  /** The names along the axis, in order; each once but in a scatter. */
  readonly categories: readonly string[];
  /** In a scatter: where they lie. */
  readonly positions?: readonly number[];
  /** Names are different. */
  readonly series: readonly Series[];
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly unit?: string;
  /** What has to be said with it. */
  readonly notes: readonly string[];
}

export interface Series {
  readonly name: string;
  /** One for each category; undefined is a gap, never zero. */
  readonly values: readonly (number | undefined)[];
}
