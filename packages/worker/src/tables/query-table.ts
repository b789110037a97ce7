import { textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import { markAsData } from '../mark-as-data.ts';
import { counted } from '../tools/told-text.ts';
import { type Told, type Tool, tool } from '../tools/tool.ts';
import { onShelf } from './on-shelf.ts';
import { runQuery } from './run-query.ts';
import type { TableShelf } from './table.ts';
import { tableText } from './table-text.ts';

const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()])).max(200)]);
const condition = z.object({
  column: z.string(),
  is: z.enum(['=', '!=', '>', '>=', '<', '<=', 'contains', 'starts with', 'in', 'empty', 'not empty']),
  value: value.optional().describe('Upper and lower case are the same. Dates as 2026-11-30, identifiers as strings ("0010")'),
});
const aggregate = z.object({
  of: z.enum(['count', 'distinct', 'sum', 'average', 'median', 'min', 'max']),
  column: z.string().optional().describe('Not needed to count rows'),
});
const inputSchema = z.object({
  table: z.string().describe('The reference of a table, such as table-1'),
  where: z.array(condition).max(20).optional().describe('All of these have to be so'),
  group_by: z.array(z.string()).max(5).optional().describe('Columns; one row comes back for each different value'),
  dates_by: z.enum(['day', 'week', 'month', 'quarter', 'year']).optional().describe('Puts dates of group_by together'),
  compute: z
    .array(aggregate)
    .max(10)
    .optional()
    .describe('For each group, or for all rows; its column is called "sum of <column>" or "count"'),
  columns: z.array(z.string()).max(60).optional().describe('Without group_by and compute: only these columns'),
  sort: z
    .array(z.object({ column: z.string().describe('A column of the result'), descending: z.boolean().optional() }))
    .max(5)
    .optional(),
  top: z.number().int().min(1).max(10_000).optional().describe('Only the first rows, after sorting'),
  with_totals: z.boolean().optional().describe('Total rows of the file, which are left out otherwise, take part'),
});

/** Rows of a result that the model reads; all of them lie on the shelf. */
const shownRows = 50;

export const queryTable = (shelf: TableShelf): Tool =>
  tool({
    name: 'query_table',
    title: 'Computing with a table',
    description:
      'Filters, groups, sums and sorts a table of this conversation (files that people attached, results of other tools) by its reference. ' +
      'It runs over all rows: use it for every number about a table instead of adding up rows you see. The result is a new table with its own reference.',
    inputSchema,
    callback: async ({ table: reference, group_by, dates_by, with_totals, ...rest }): Promise<Told> => {
      const table = onShelf(shelf, reference);
      const result = await runQuery(table, { ...rest, groupBy: group_by, datesBy: dates_by, withTotals: with_totals });
      const made = shelf.add(result);
      // What stands around the lines, the mark and the reference, has room beside them.
      const text = tableText(result, shownRows, textLimits.toolResultPart);
      return { text: `The result is ${made}, ${markAsData(text, table.name)}`, told: counted(result.rows.length, 'row', 'rows') };
    },
  });
