import type { ScriptedTurn } from '@vera/bedrock-stand-in/scripted-model';
import { describe, expect, test } from 'vitest';
import type { Table } from '../../src/tables/table.ts';
import { textCell } from '../../src/tables/text-cell.ts';
import { type Asked, startDelegation } from './start-delegation.ts';

const tableOf = (...keys: readonly string[]): Table => ({
  name: 'tickets.csv',
  columns: ['Key', 'Words'].map((name) => ({ name, kind: 'text' })),
  rows: keys.map((key, index) => [textCell(key), textCell(`w${index}`)]),
  notes: [],
});

interface Judging {
  readonly add?: readonly string[];
  /** What a helper gives back instead of each row as it is shown. */
  readonly alter?: (rows: readonly Record<string, string>[]) => readonly Record<string, string>[];
}

/** Each row judged by its words, so that a judgement shows whose it is. */
async function judged(table: Table, { add = ['Theme'], alter = (rows) => rows }: Judging = {}) {
  const input = {
    task: 'Tickets.',
    table: 'table-1',
    key: 'Key',
    columns: ['Words'],
    add: add.map((name) => ({ name, of: 'What it is.' })),
  };
  const script = ({ task, results }: Asked): ScriptedTurn => {
    if (task === undefined) return results.length === 0 ? [{ call: 'delegate_rows', input }] : 'Done.';
    const shown = [...task.matchAll(/^\| (.*?) \| (w\d+)$/gm)].map(([, row = '', words = '']) => ({ row, Theme: `of ${words}` }));
    return [{ call: 'give_result', input: { rows: alter(shown) } }];
  };
  await using helpers = await startDelegation(script);
  helpers.tables.add(table);
  await helpers.answer();
  const [result] = helpers.results();
  const rows = helpers.tables.get('table-2')?.rows.map((row) => row.map(({ text }) => text).join());
  return { text: result?.text, status: result?.status, rows, asked: helpers.helperRequests().length };
}

describe('rows that helpers judge', () => {
  test.each<[string, readonly string[]]>([
    ['of one key', ['A-1', 'A-1', 'B', 'A-1']],
    ['without a key', ['', 'row 1', ' ', '|']],
    ['whose key looks like the number of a double', ['A', 'A', 'A (2)']],
    ['whose keys hold what parts columns, lines and marks', ['a | b', 'c\n d', ' e ', '<data>', '</data>', 'a\u00a0b']],
    ['whose keys differ only behind what is shown', ['x'.repeat(300), 'x'.repeat(301), `${'x'.repeat(300)}y`]],
    ['of one key, far apart', [...Array.from({ length: 60 }, (_, index) => `K${index}`), 'K0']],
  ])('are all judged, each by itself: those %s', async (_, keys) => {
    const { text, rows } = await judged(tableOf(...keys));
    expect(text).toContain(`${keys.length} of ${keys.length} rows were judged.`);
    expect(rows).toEqual(keys.map((key, index) => `${key},w${index},of w${index}`));
  });

  test('are all shown, also where their cells are as long as can be', async () => {
    const long = tableOf(...Array.from({ length: 50 }, (_, index) => `${index} ${'k'.repeat(300)}`));
    const wide = Array.from({ length: 12 }, (_, index) => `C${index}`);
    const table = {
      ...long,
      columns: ['Key', ...wide, 'Words'].map((name) => ({ name, kind: 'text' }) as const),
      rows: long.rows.map(([key, words]) => [key ?? textCell(''), ...wide.map(() => textCell('c'.repeat(300))), words ?? textCell('')]),
    };
    const script = ({ task, results }: Asked): ScriptedTurn => {
      const input = { task: 'x', table: 'table-1', key: 'Key', columns: wide, add: [{ name: 'Theme', of: 'x' }] };
      if (task === undefined) return results.length === 0 ? [{ call: 'delegate_rows', input }] : 'Done.';
      return [{ call: 'give_result', input: { rows: [...task.matchAll(/^\| (\d+ k+…) /gm)].map(([, row]) => ({ row, Theme: 'x' })) } }];
    };
    await using helpers = await startDelegation(script);
    helpers.tables.add(table);
    await helpers.answer();
    expect(helpers.results()[0]?.text).toContain('50 of 50 rows were judged.');
  });

  test('may come back with other blanks around their keys', async () => {
    const { rows } = await judged(tableOf('é b', 'c'), {
      alter: (given) => given.map(({ row = '', ...rest }) => ({ row: ` ${row.normalize('NFD').replace(' ', '  ')}\n`, ...rest })),
    });
    expect(rows).toEqual(['é b,w0,of w0', 'c,w1,of w1']);
  });

  test.each<[string, Judging['alter']]>([
    ['are missing: B', (given) => given.slice(0, 1)],
    ['do not exist: C', (given) => [...given, { row: 'C', Theme: 'x' }]],
    ['are given twice: A', (given) => [...given, { row: 'A', Theme: 'x' }]],
  ])('are no result where some %s', async (words, alter) => {
    const { text, rows } = await judged(tableOf('A', 'B'), alter ? { alter } : {});
    expect(text).toContain(`these rows ${words}`);
    expect(rows).toBeUndefined();
  });
});

describe('a new column', () => {
  test.each<[string, readonly string[]]>([
    ['an old one', ['Theme', 'words']],
    ['an old one in other blanks', [' KEY ']],
    ['the name of a row', ['Row']],
    ['another new one', ['Theme', 'theme']],
    ['what objects are made by', ['__proto__']],
  ])('is not called like %s', async (_, add) => {
    const { text, status, asked } = await judged(tableOf('A'), { add });
    expect([status, asked]).toEqual(['error', 0]);
    expect(text).toContain('Call the new one something else');
  });
});
