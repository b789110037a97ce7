import { shorten, textLimits } from '@vera/protocol/shorten';
import { numberText } from '../tables/number-text.ts';
import type { Chart } from './chart.ts';
import { withUnit } from './slack-chart.ts';

/** Of Slack's data tables: "201 rows (200 regular rows plus the header)", twenty columns, 20,000 characters a message. */
const most = { rows: 200, columns: 20, characters: 19_000 };

export interface NumbersTable {
  readonly block: Readonly<Record<string, unknown>>;
  /** What it had no room for, such as "… 50 more rows". */
  readonly left: readonly string[];
}

type Cell = Readonly<Record<string, unknown>> & { readonly size: number };

/** The numbers of a chart as a table of Slack's own, as many as one may hold. */
export function numbersTable(chart: Chart): NumbersTable {
  const { header, rows } = gridOf(chart);
  const wide = Math.max(0, header.length - most.columns);
  const lines = [header, ...rows].map((cells) => cells.slice(0, most.columns));
  let [count, used] = [0, 0];
  for (const line of lines.slice(0, most.rows + 1)) {
    used += line.reduce((sum, { size }) => sum + size, 0);
    if (used > most.characters) break;
    count += 1;
  }
  const left = lines.length - count;
  return {
    block: {
      type: 'data_table',
      caption: shorten(chart.title, textLimits.line),
      rows: lines.slice(0, count).map((line) => line.map(({ size: _, ...cell }) => cell)),
      page_size: 10,
    },
    left: [...(left > 0 ? [`… ${left} more rows`] : []), ...(wide > 0 ? [`… ${wide} more columns`] : [])],
  };
}

/** A row for each category; where there are too many series for that, a row for each series. */
function gridOf({ categories, series, xLabel, yLabel, unit }: Chart): {
  readonly header: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
} {
  if (series.length >= most.columns && categories.length < most.columns) {
    return {
      header: ['', ...categories].map(words),
      rows: series.map(({ name, values }) => [words(withUnit(name, unit)), ...numbers(values)]),
    };
  }
  const columns = series.map(({ values }) => numbers(values));
  return {
    header: [words(xLabel ?? ''), ...series.map(({ name }) => words(withUnit(series.length === 1 ? (yLabel ?? name) : name, unit)))],
    rows: categories.map((category, index) => [words(category), ...columns.map((cells) => cells[index] ?? words(''))]),
  };
}

/** Slack refuses a cell without text. */
function words(text: string): Cell {
  const shown = shorten(text.trim() === '' ? '–' : text, textLimits.line);
  return { type: 'raw_text', text: shown, size: shown.length };
}

/** Of one series: as people read them, with equally many decimals; `text` is what Slack shows, and it sorts by `value`. */
function numbers(values: readonly (number | undefined)[]): Cell[] {
  const digits = Math.max(0, ...values.map((value) => (value === undefined ? 0 : (/\.(\d+)$/.exec(numberText(value))?.[1]?.length ?? 0))));
  // From five digits on, so that a year stays one.
  const format = new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: 'min2' });
  return values.map((value) => {
    if (value === undefined) return words('');
    const text = digits > mostDecimals || /e/.test(numberText(value)) ? numberText(value) : format.format(value);
    return { type: 'raw_number', value, text, size: text.length };
  });
}

const mostDecimals = 6;
