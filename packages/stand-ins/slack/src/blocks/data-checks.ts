import { isJsonObject } from '@vera/stand-in-kit/json-object';
import { any, byType, type Check, list, number, object, oneOf, problem, text } from './checks.ts';

const blockId = { block_id: text(255) };

/** Slack refuses a blank cell as well as an empty one: https://github.com/vellum-ai/vellum-assistant/pull/36219 pads them. */
const rawText = object({ type: any, text: text(20_000, 1) });
const rawNumber: Check = (value, pointer) => [
  ...object({ type: any, value: any }, { text: text(100, 1) })(value, pointer),
  ...finite(isJsonObject(value) ? value.value : undefined, `${pointer}/value`),
];

/** "A maximum of 201 rows (200 regular rows plus the header)": https://github.com/assistant-ui/assistant-ui/pull/5785, which read Slack's page. */
const mostRows = 201;
const mostColumns = 20;
/** "Per table and in aggregate per message", the same page. */
const mostCharacters = 20_000;

/** https://docs.slack.dev/reference/block-kit/blocks/data-table-block */
export function dataTable(richText: Check): Check {
  const cell = byType(() => ({ raw_text: rawText, raw_number: rawNumber, rich_text: richText }));
  const shape = object(
    { type: any, caption: text(2_000, 1), rows: list(list(cell, mostColumns, 1), mostRows, 1) },
    { page_size: number(1, 100), row_header_column_index: number(0, mostColumns - 1), ...blockId },
  );
  return (value, pointer) => {
    const problems = shape(value, pointer);
    const widths = new Set(rowsOf(value).map((row) => row.length));
    return widths.size > 1 ? [...problems, ...problem('all rows must have the same number of cells', `${pointer}/rows`)] : problems;
  };
}

/** Characters in the cells of all the tables of a message. */
export function tooMuchInTables(blocks: readonly unknown[]): string[] {
  const cells = blocks.flatMap((block) => (isJsonObject(block) && block.type === 'data_table' ? rowsOf(block).flat() : []));
  const length = cells.reduce<number>((sum, cell) => sum + (isJsonObject(cell) ? String(cell.text ?? cell.value ?? '').length : 0), 0);
  return length > mostCharacters ? problem(`data tables must be less than ${mostCharacters + 1} characters`, '/blocks') : [];
}

/** Undocumented; Slack's validation said so: https://github.com/vercel/chat/pull/696 */
export function tooManyCharts(blocks: readonly unknown[]): string[] {
  const charts = blocks.filter((block) => isJsonObject(block) && block.type === 'data_visualization');
  return charts.length > 2 ? problem('no more than 2 data_visualization blocks allowed', '/blocks') : [];
}

function rowsOf(value: unknown): readonly unknown[][] {
  return isJsonObject(value) && Array.isArray(value.rows) ? value.rows.filter(Array.isArray) : [];
}

const point: Check = (value, pointer) => [
  ...object({ label: text(20, 1), value: any })(value, pointer),
  ...finite(isJsonObject(value) ? value.value : undefined, `${pointer}/value`),
];

const segment: Check = (value, pointer) => {
  const amount = isJsonObject(value) ? value.value : undefined;
  return [...point(value, pointer), ...(typeof amount === 'number' && amount <= 0 ? problem('must be positive', `${pointer}/value`) : [])];
};

/** Six segments or series: https://github.com/slackapi/node-slack-sdk/pull/2637. Twenty categories: docs.openclaw.ai/channels/slack/rich-messages. */
const mostSeries = 6;
const mostCategories = 20;

const pie = object({ type: any, segments: list(segment, mostSeries, 1) });
const series = object({ name: text(20, 1), data: list(point, mostCategories, 1) });
const axes = object({}, { categories: list(text(20, 1), mostCategories, 1), x_label: text(50, 1), y_label: text(50, 1) });
const overCategories: Check = (value, pointer) => {
  const shape = object({ type: any, series: list(series, mostSeries, 1) }, { axis_config: axes });
  const problems = shape(value, pointer);
  return problems.length > 0 ? problems : uneven(value as SeriesChart, pointer);
};

interface SeriesChart {
  readonly series: readonly { readonly name: string; readonly data: readonly { readonly label: string }[] }[];
  readonly axis_config?: { readonly categories?: readonly string[] };
}

/** "Unique series names, and exact category coverage": https://github.com/CopilotKit/CopilotKit/pull/6342, from Slack's page. */
function uneven({ series: lines, axis_config: config }: SeriesChart, pointer: string): string[] {
  const categories = config?.categories ?? lines[0]?.data.map(({ label }) => label) ?? [];
  const isUneven = lines.some(({ data }) => data.length !== categories.length || data.some(({ label }, at) => label !== categories[at]));
  return [
    ...(new Set(lines.map(({ name }) => name)).size < lines.length ? problem('series names must be unique', `${pointer}/series`) : []),
    ...(new Set(categories).size < categories.length ? problem('categories must be unique', pointer) : []),
    ...(isUneven ? problem('data must cover every category exactly once', `${pointer}/series`) : []),
  ];
}

/** https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
export const dataVisualization = object(
  {
    type: oneOf('data_visualization'),
    title: text(50, 1),
    chart: byType(() => ({ pie, bar: overCategories, line: overCategories, area: overCategories })),
  },
  blockId,
);

function finite(value: unknown, pointer: string): string[] {
  return typeof value === 'number' && Number.isFinite(value) ? [] : problem('must be a finite number', pointer);
}
