import { textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import type { Outgoing } from '../attachments/outgoing.ts';
import type { TableShelf } from '../tables/table.ts';
import { argument } from '../tools/told-text.ts';
import { type Tool, tool } from '../tools/tool.ts';
import { chartKinds } from './chart.ts';
import { chartWords } from './chart-words.ts';
import type { ShowChart } from './show-chart.ts';
import { toChart } from './to-chart.ts';

/** Characters: forty categories of eight series with names of a line each are fewer. */
const longestChart = 200_000;
const label = z.string().max(textLimits.line);
const typed = z.object({
  categories: z
    .array(z.union([label, z.number()]))
    .min(1)
    .max(40),
  series: z
    .array(z.object({ name: label, values: z.array(z.union([z.number(), z.string().max(40), z.null()])).max(40) }))
    .min(1)
    .max(8),
});
const inputSchema = z.object({
  kind: z.enum(chartKinds).describe('grouped and stacked: bars of several series; heatmap: a row for each series'),
  title: z.string().trim().min(1).max(textLimits.line).describe('What it shows, in a few words'),
  from: z.string().optional().describe('Reference of a table, such as table-1. Always this where the numbers lie in a table'),
  category: z.string().optional().describe('With from: the column of the names along the axis (of a scatter: of the numbers)'),
  values: z.array(z.string()).min(1).max(60).optional().describe('With from: the columns of the numbers, one series each'),
  series_by: z.string().optional().describe('With from and one column of values: a series for each different value of this column'),
  data: typed.optional().describe('Instead of from, for a few numbers that lie in no table: one value for each category, null for a gap'),
  x_label: label.optional(),
  y_label: label.optional(),
  unit: z.string().max(textLimits.listedName).optional().describe('Of the values, such as EUR; nothing for percentages of a table'),
});

export interface DrawChartParams {
  readonly show: ShowChart;
  readonly tables: TableShelf;
  readonly outgoing: Outgoing;
}

export const drawChart = ({ show, tables, outgoing }: DrawChartParams): Tool =>
  tool({
    name: 'draw_chart',
    title: 'Drawing a chart',
    isForAnswer: true,
    recovery: 'checkable',
    isSending: true,
    description:
      'Draws a chart and shows it in the thread below the answer, with all its numbers. Draw one where a comparison, a course or shares say more ' +
      'than a sentence. Take the numbers from a table by its reference (group and sum with query_table first); type them in only where there is no table.',
    inputSchema,
    sends: (request) => (request.from === undefined ? undefined : chartWords(toChart(request, tables), new Map(), longestChart)),
    details: argument('title'),
    callback: async (request) => {
      const chart = toChart(request, tables);
      return outgoing.inOrder(async () => {
        if (outgoing.has(chart)) return { text: 'This very chart stands in the thread already.', told: 'there already' };
        return show(chart, outgoing);
      });
    },
  });
