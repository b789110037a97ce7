import { wordsOf } from '@vera/stand-in-kit/language/words-of';
import type { SentFile } from './conversation.ts';
import type { Call, Story } from './scene.ts';
import { chartTool, notesIn, queryTool, tableOf } from './table-tools.ts';

/** Adds up the first table of a file by one of its columns, and draws that. Undefined for a file with nothing to add up. */
export function sheetStory({ name, text = '' }: SentFile, question: string): Story | undefined {
  const table = tableIn(text);
  const numbers = table?.columns.filter(({ kind }) => kind === 'number').slice(0, mostSeries) ?? [];
  const month = monthIn(question);
  const by = table && groupingOf(table, question, month);
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
      if (from === undefined || !isHere(chartTool) || month !== undefined) return [query];
      const title = `${name.replace(/\.\w+$/, '')} by ${by.name}`;
      return [query, { name: chartTool, input: { kind, title, from, category: by.name, values: sums } }];
    },
    tell: ({ result }) =>
      tellSums(
        { file: name, by: by.name, month },
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
function groupingOf({ columns }: SentTable, question: string, month: string | undefined): Column | undefined {
  const days = columns.find(({ kind }) => kind === 'date');
  if (month !== undefined && days) return days;
  const fit = columns.filter(({ kind }) => kind === 'text' || kind === 'date');
  const said = new Set(wordsOf(question));
  const named = fit.find(({ name }) => wordsOf(name).length > 0 && wordsOf(name).every((word) => said.has(word)));
  return named ?? fit.find(({ kind }) => kind === 'text') ?? fit[0];
}

interface Sums {
  readonly file: string;
  readonly by: string;
  /** The one that is told of, as `03`. */
  readonly month: string | undefined;
}

/** The sums as they were computed, what they make together, and what has to be said with them. */
function tellSums({ file, by, month }: Sums, numbers: readonly string[], result: string): string {
  const all = [...result.matchAll(/^\| (?!\()(.*)$/gm)].slice(1).map(([, line = '']) => line.split(' | '));
  const rows = all.filter(([label = '']) => month === undefined || label.slice(5, 7) === month);
  if (rows.length === 0) return `**${file}** holds nothing of that month.`;
  const digits = numbers.map((_, at) => Math.max(0, ...rows.map((row) => decimalsIn(row[at + 1]))));
  const told = (at: number, sum: number) => toldSum(numbers[at], sum, digits[at]);
  const lines = rows.map(([label = '', ...sums]) => `- ${label}: ${sums.map((sum, at) => told(at, Number(sum))).join(', ')}`);
  const totals = numbers.map((_, at) => told(at, sumOf(rows.map((row) => Number(row[at + 1])))));
  return [`**${file}** by ${by}:`, lines.join('\n'), `Together: ${totals.join(', ')}.`, ...notesIn(result)].join('\n\n');
}

/** All of a column with equally many decimals. */
function toldSum(name = '', sum: number, digits = 0): string {
  return `${name} **${sum.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}**`;
}

function decimalsIn(sum = ''): number {
  return Math.min(2, /\.(\d+)$/.exec(sum)?.[1]?.length ?? 0);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

const months = 'january february march april may june july august september october november december'.split(' ');

/** The month that is named, as `03`: “may” is more often another word, and counts where it is written as a name. */
export function monthIn(text: string): string | undefined {
  const words = text.match(/\p{L}+/gu) ?? [];
  const at = months.findIndex((month) => words.some((word) => word.toLowerCase() === month && (month !== 'may' || word !== 'may')));
  return at === -1 ? undefined : String(at + 1).padStart(2, '0');
}
