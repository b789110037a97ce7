import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import { markAsData } from '../mark-as-data.ts';
import { plainName } from '../plain-name.ts';
import { columnNamed, isSameName } from '../tables/column-named.ts';
import { distinctNames } from '../tables/distinct-names.ts';
import { onShelf } from '../tables/on-shelf.ts';
import type { Cell, Table, TableShelf } from '../tables/table.ts';
import { cellText, tableText } from '../tables/table-text.ts';
import { gap, textCell } from '../tables/text-cell.ts';
import { mainArgument } from '../tools/told-text.ts';
import { type Say, type Told, type Tool, ToolFailure, tool } from '../tools/tool.ts';
import type { RunTask } from './delegated-task.ts';
import { toldReason } from './task-end.ts';

export interface DelegateRowsParams {
  readonly run: RunTask;
  readonly tables: TableShelf;
}

const batchSize = 50;
const mostRows = 2_000;
/** Of a batch: fifty rows of thirteen columns, each cut to a line, and what stands around them. No row of it may be left out. */
const mostCharacters = 150_000;

const judgement = z.object({
  name: z.string().trim().min(1).max(40).describe('The new column'),
  of: z.string().min(1).max(500).describe('What it says of a row, and how to tell'),
  values: z.array(z.string().min(1).max(60)).min(2).max(30).optional().describe('The only values it may have; left out: a few words'),
});
const inputSchema = z.object({
  task: z.string().min(1).max(4_000).describe('What the rows are, and what to look at in them'),
  table: z.string().describe('The reference of a table, such as table-1'),
  key: z.string().describe('Its column that names each row, and each once, such as key'),
  columns: z.array(z.string()).min(1).max(12).describe('The columns a helper needs to judge a row'),
  add: z.array(judgement).min(1).max(5),
});
type Input = z.output<typeof inputSchema>;

/** Has helpers judge each row of a table, in batches: rows go to them and not to the model that answers. */
export function delegateRows({ run, tables }: DelegateRowsParams): Tool {
  return tool({
    name: 'delegate_rows',
    title: 'Having rows judged',
    isSending: true,
    description:
      `Has helpers judge every row of a table, ${batchSize} at a time, and gives a new table with the columns they add, for query_table and draw_chart. ` +
      'For what has to be understood from text, such as what each ticket is about; what can be computed is for query_table. ' +
      'Where some rows could not be judged, it says how many were, of how many: say so with every number and chart that is made of them.',
    inputSchema,
    details: mainArgument,
    callback: async (input, signal, say): Promise<Told> => {
      const table = onShelf(tables, input.table);
      if (table.rows.length > mostRows)
        throw new ToolFailure(`${plainName(table.name)} has more than ${mostRows} rows. Filter it with query_table first.`);
      checkNames(table, input);
      const batched = { table, batches: batchesOf(table, input) };
      const ended = await judge(batched, input, { run, signal, say });
      return told(batched, input, ended, tables);
    },
  });
}

interface Row {
  readonly key: string;
  readonly cells: readonly Cell[];
}

interface Batch {
  readonly name: string;
  readonly rows: readonly Row[];
}

interface Batched {
  readonly table: Table;
  readonly batches: readonly Batch[];
}

/** By its name a helper gives a judgement back, and everybody finds a column. */
function checkNames({ columns }: Table, { add }: Input): void {
  const taken = ['row', '__proto__', ...columns.map(({ name }) => name)];
  for (const { name } of add) {
    if (taken.some((other) => isSameName(other, name)))
      throw new ToolFailure(`There is a column "${plainName(name)}" already, or the name is taken. Call the new one something else.`);
    taken.push(name);
  }
}

/** Every row of the table: where several have one key, or none, each gets a name of its own. */
function batchesOf(table: Table, { key }: Input): readonly Batch[] {
  const at = columnNamed(table, key);
  const names = distinctNames(table.rows.map((cells, index) => shorten(rowName(cells[at]?.text ?? ''), mostOfName) || `row ${index + 1}`));
  const all = table.rows.map((cells, index): Row => ({ key: names[index] ?? '', cells }));
  const count = Math.ceil(all.length / batchSize);
  return Array.from({ length: count }, (_, index) => {
    const part = all.slice(index * batchSize, (index + 1) * batchSize);
    return {
      name: `batch ${index + 1} of ${count} (${plainName(part[0]?.key ?? '')} to ${plainName(part.at(-1)?.key ?? '')})`,
      rows: part,
    };
  });
}

/** Leaves room for the number of a name that comes again. */
const mostOfName = textLimits.line - 10;

/** A key as a helper sees it in the marked table, and whatever of it is only written in another way. */
function rowName(text: string): string {
  return cellText(text).normalize('NFC').replaceAll('<', '‹');
}

type Judged = ReadonlyMap<string, Readonly<Record<string, string>>>;

interface Ended {
  readonly judged: Judged | undefined;
  readonly why: string;
}

interface Work {
  readonly run: RunTask;
  readonly signal: AbortSignal;
  readonly say: Say;
}

/** All batches, and those that failed once more. */
async function judge({ table, batches }: Batched, input: Input, work: Work): Promise<ReadonlyMap<Batch, Ended>> {
  const { resultSchema } = await import('./result-schema.ts');
  const result = resultSchema(schemaOf(input));
  const ended = new Map<Batch, Ended>();
  const runOne = async (batch: Batch) => {
    const problemIn = (value: unknown) => problemInRows(value, batch);
    const { end } = await work.run(
      { task: taskOf(input, batch, table), isWithoutTools: true, result, problemIn },
      work.signal,
      () => undefined,
    );
    ended.set(batch, end.kind === 'done' ? { judged: new Map(rowsIn(end.value)), why: '' } : { judged: undefined, why: toldReason(end) });
    work.say(`${[...ended.values()].filter(({ judged }) => judged).length} of ${batches.length} batches`);
  };
  await Promise.all(batches.map(runOne));
  const failed = batches.filter((batch) => !ended.get(batch)?.judged);
  if (!work.signal.aborted) await Promise.all(failed.map(runOne));
  return ended;
}

const answerSchema = z.object({ rows: z.array(z.record(z.string(), z.string())) });

function schemaOf({ add }: Input): object {
  const properties = add.map(({ name, of, values }) => [
    name,
    { type: 'string', description: of, ...(values ? { enum: values } : { maxLength: 200 }) },
  ]);
  const row = { type: 'object', properties: { row: { type: 'string' }, ...Object.fromEntries(properties) } };
  const required = ['row', ...add.map(({ name }) => name)];
  return { type: 'object', properties: { rows: { type: 'array', items: { ...row, required } } }, required: ['rows'] };
}

/** Every row once, and no other: what a helper leaves out would look like a smaller board. */
function problemInRows(value: unknown, { rows }: Batch): string | undefined {
  const given = rowsIn(value).map(([key]) => key);
  const known = new Set(rows.map(({ key }) => key));
  const found = new Set(given);
  const problems = [
    ['are missing', [...known].filter((key) => !found.has(key))],
    ['do not exist', [...found].filter((key) => !known.has(key)).slice(0, 10)],
    ['are given twice', given.filter((key, index) => given.indexOf(key) !== index)],
  ] as const;
  const [problem] = problems.filter(([, keys]) => keys.length > 0);
  return problem && `these rows ${problem[0]}: ${problem[1].join(', ')}`;
}

function rowsIn(value: unknown): (readonly [string, Readonly<Record<string, string>>])[] {
  return answerSchema.parse(value).rows.map(({ row = '', ...columns }) => [rowName(row), columns]);
}

function taskOf({ task, key, columns, add }: Input, { rows }: Batch, table: Table): string {
  const asked = add.map(({ name, of, values }) => `- ${name}: ${of}${values ? ` One of: ${values.join(', ')}.` : ''}`);
  const at = columnNamed(table, key);
  const places = [...new Set([at, ...columns.map((name) => columnNamed(table, name))])];
  const part: Table = {
    name: table.name,
    columns: places.flatMap((place) => table.columns[place] ?? []),
    rows: rows.map((row) => places.map((place) => (place === at ? textCell(row.key) : (row.cells[place] ?? gap)))),
    notes: [],
  };
  const text = markAsData(tableText(part, batchSize, mostCharacters), table.name);
  return `${task}\n\nGive for every row below its ${key} as "row", and:\n${asked.join('\n')}\n\n${text}`;
}

function told({ table, batches }: Batched, { add }: Input, ended: ReadonlyMap<Batch, Ended>, tables: TableShelf): Told {
  const rows = batches.flatMap((batch) => {
    const { judged } = ended.get(batch) ?? {};
    return judged ? batch.rows.map(({ key, cells }) => [...cells, ...add.map(({ name }) => textCell(judged.get(key)?.[name]))]) : [];
  });
  const total = batches.reduce((sum, batch) => sum + batch.rows.length, 0);
  const failed = batches.flatMap((batch) => (ended.get(batch)?.judged ? [] : [`${batch.name}: ${ended.get(batch)?.why}`]));
  if (rows.length === 0) throw new ToolFailure(`No row could be judged:\n${markAsData(failed[0] ?? 'the table has none', 'the helpers')}`);
  const short = failed.length > 0 ? [`${rows.length} of ${total} rows were judged; the others failed twice: ${failed.join('; ')}`] : [];
  const notes = [...table.notes, ...short];
  const columns = [...table.columns, ...add.map(({ name }) => ({ name, kind: 'text' }) as const)];
  const reference = tables.add({ name: shorten(`${table.name}, judged`, textLimits.line), columns, rows, notes });
  const counts = add.map(({ name }, index) => `${name}: ${countsOf(rows.map((row) => row[table.columns.length + index]?.text ?? ''))}`);
  const judged = `${rows.length} of ${total} rows were judged. The result is ${reference}.`;
  const mind = notes.length === 0 ? '' : ' Say the notes below with everything that is made of it.';
  const data = markAsData([...notes.map((note) => `Note: ${note}.`), ...counts].join('\n'), 'the helpers');
  return { text: `${judged}${mind}\n${data}`, told: `${rows.length} of ${total} rows` };
}

const mostCounts = 30;

function countsOf(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  const more = sorted.length > mostCounts ? `, … ${sorted.length - mostCounts} more values` : '';
  return (
    sorted
      .slice(0, mostCounts)
      .map(([value, count]) => `${value} ${count}`)
      .join(', ') + more
  );
}
