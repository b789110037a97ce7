import { wordsOf } from '@vera/stand-in-kit/language/words-of';
import type { SentFile } from './conversation.ts';
import type { Call, Story } from './scene.ts';
import { chartTool, notesIn, queryTool, tableOf } from './table-tools.ts';

/** Adds up the first table of a file by one of its columns, and draws that. Undefined for a file with nothing to add up. */
export function sheetStory({ name, text = '' }: SentFile, question: string): Story | undefined {
  const table = tableIn(text);
  const numbers = table?.columns.filter(({ kind }) => kind === 'number').slice(0, mostSeries) ?? [];
  const by = table && groupingOf(table, question);
  if (!table || !by || numbers.length === 0) return undefined;
  const isCourse = by.kind === 'date';
  const sums = numbers.map((column) => `sum of ${column.name}`);
  const query: Call = {
    name: queryTool,
    input: {
      table: table.reference,
      group_by: [by.name],
      ...(isCourse ? { dates_by: 'month' } : {}),
      compute: numbers.map((column) => ({ of: 'sum', column: column.name })),
      sort: [isCourse ? { column: by.name } : { column: sums[0], descending: true }],
    },
  };
  const bars = sums.length > 1 ? 'stacked' : 'bar';
  const kind = isCourse ? 'line' : bars;
  return {
    asked: ['summarise'],
    calls({ result, isHere }) {
      const from = tableOf(result(queryTool));
      if (from === undefined || !isHere(chartTool)) return [query];
      const title = `${name.replace(/\.\w+$/, '')} by ${by.name}`;
      return [query, { name: chartTool, input: { kind, title, from, category: by.name, values: sums } }];
    },
    tell: ({ result }) =>
      tellSums(
        name,
        by.name,
        numbers.map((column) => column.name),
        result(queryTool),
      ),
  };
}

const mostSeries = 3;

interface SentTable {
  readonly reference: string;
  readonly columns: readonly Column[];
}

interface Column {
  readonly name: string;
  readonly kind: string;
}

function tableIn(text: string): SentTable | undefined {
  const head = /^Table (table-\d+) for query_table .*:\n\| (.*)\n\| (\(.*\))$/m.exec(text);
  const [, reference = '', names = '', kinds = ''] = head ?? [];
  const kindList = kinds.split(' | ');
  const columns = names.split(' | ').map((name, index) => ({ name, kind: (kindList[index] ?? '').replace(/[()]/g, '') }));
  return head ? { reference, columns } : undefined;
}

/** The column that the question names, else the first of names, else the first of days. */
function groupingOf({ columns }: SentTable, question: string): Column | undefined {
  const fit = columns.filter(({ kind }) => kind === 'text' || kind === 'date');
  const said = new Set(wordsOf(question));
  const named = fit.find(({ name }) => wordsOf(name).length > 0 && wordsOf(name).every((word) => said.has(word)));
  return named ?? fit.find(({ kind }) => kind === 'text') ?? fit[0];
}

/** The sums as they were computed, what they make together, and what has to be said with them. */
function tellSums(file: string, by: string, numbers: readonly string[], result: string): string {
  const rows = [...result.matchAll(/^\| (?!\()(.*)$/gm)].slice(1).map(([, line = '']) => line.split(' | '));
  const lines = rows.map(([label = '', ...sums]) => `- ${label}: ${sums.map((sum, at) => toldSum(numbers[at], Number(sum))).join(', ')}`);
  const totals = numbers.map((name, at) => toldSum(name, sumOf(rows.map((row) => Number(row[at + 1])))));
  return [`**${file}** by ${by}:`, lines.join('\n'), `Together: ${totals.join(', ')}.`, ...notesIn(result)].join('\n\n');
}

function toldSum(name = '', sum: number): string {
  return `${name} **${sum.toLocaleString('en-US', { maximumFractionDigits: 2 })}**`;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
