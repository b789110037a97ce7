import { describe, expect, test } from 'vitest';
import { attachFile } from '../../src/attachments/attach-file.ts';
import { harmlessCsv, tableToCsv } from '../../src/attachments/csv.ts';
import type { Cell, Table } from '../../src/tables/table.ts';
import { createTableShelf } from '../../src/tables/table-shelf.ts';
import { startOutgoing } from './start-outgoing.ts';

const cell = (text: string, value?: Cell['value']): Cell => ({ text, value });
const table: Table = {
  name: 'costs.xlsx',
  columns: [
    { name: 'Team', kind: 'text' },
    { name: 'Cost', kind: 'number' },
  ],
  rows: [
    [cell('North, "old"', 'North, "old"'), cell('-1,200.50', -1200.5)],
    [cell('=HYPERLINK("https://evil.example")', '=HYPERLINK'), cell('')],
  ],
  notes: [],
};

async function attach(input: Record<string, unknown>, looks?: readonly number[]) {
  await using started = await startOutgoing({}, looks);
  const tables = createTableShelf();
  tables.add(table);
  if (input.never) started.slack.shareAfter(Number.POSITIVE_INFINITY);
  const output = await attachFile({ tables, outgoing: started.outgoing }).run(input, new AbortController().signal);
  const [shared] = started.shown().flatMap(({ files = [] }) => files);
  const stored = shared && started.slack.file(String(shared.id));
  return { output, name: shared?.name, text: stored && Buffer.from(stored.bytes).toString() };
}

test('a table is attached with all its rows, and what is no number is no formula', async () => {
  const { output, name, text } = await attach({ name: 'costs', type: 'csv', from: 'table-1' });
  expect(output).toEqual({ text: 'costs.csv stands in the thread below your answer.', isError: false, told: 'costs.csv' });
  expect(name).toBe('costs.csv');
  expect(text).toBe('Team,Cost\r\n"North, ""old""","-1,200.50"\r\n"\'=HYPERLINK(""https://evil.example"")",\r\n');
});

describe('the name', () => {
  test.each([
    ['report.md', 'report.md'],
    ['../../etc/pass wd', 'etc pass wd.md'],
    ['report.exe', 'report.exe.md'],
    ['.profile', 'profile.md'],
    ['///', 'file.md'],
    ['in\u202emd.exe', 'inmd.exe.md'],
    ['Ünïcode 東京', 'Ünïcode 東京.md'],
  ])('%s becomes %s', async (given, name) => {
    expect(await attach({ name: given, type: 'md', content: 'x' })).toMatchObject({ name });
  });
});

describe('what cannot be attached is said so that it can be mended', () => {
  test.each([
    ['neither text nor table', { type: 'md' }, 'Give either content or from.'],
    ['both', { type: 'csv', content: 'a', from: 'table-1' }, 'Give either content or from.'],
    ['an unknown table', { type: 'csv', from: 'table-9' }, 'There is no table "table-9". There are:'],
    ['a table as text', { type: 'md', from: 'table-1' }, 'A table is attached as csv.'],
    ['nothing', { type: 'txt', content: ' \n' }, 'The content is empty.'],
    ['broken JSON', { type: 'json', content: '{' }, 'The content is no JSON:'],
    ['a kind that runs', { type: 'html', content: 'x' }, 'The input does not fit'],
    ['too much', { type: 'txt', content: 'ä'.repeat(2_500_001) }, 'The file would be too large'],
    ['what never arrives', { type: 'txt', content: 'x', never: true }, 'The file did not arrive in the thread.'],
  ])('%s', async (_, input, words) => {
    const { output, name } = await attach({ name: 'a', ...input });
    expect([output.isError, output.text.startsWith(words), name]).toEqual([true, true, undefined]);
  });
});

describe('no cell is a formula', () => {
  test.each([
    '=1+1',
    '+1+1',
    '-1+cmd',
    '@SUM(A1)',
    '\t=1',
    ' =1',
    '\r=1',
    '＝1+1',
    '\u200b=1',
    "|calc'!A0",
    '%0A=1',
    '-ABC5',
    '-5€+A1',
    '-$A$1',
  ])('%j', (text) => {
    const csv = tableToCsv({ columns: [{ name: text, kind: 'text' }], rows: [[cell(text, text)]] });
    for (const line of csv.split('\r\n').slice(0, 1)) expect(line.replace(/^"/, '')).toMatch(/^'/);
    expect(harmlessCsv(`a,"${text}",b`)).toContain(`'${text.slice(0, 1)}`);
  });

  test.each(['-5', '+5', '-1,200.50', '-12 %', '-1.5e-3', '-5 €', '-$20.00', '- 5', '-5 EUR', '-EUR 5', '-1’200.50'])(
    '%s is a number and stays one',
    (text) => {
      expect(harmlessCsv(`x,"${text}"`).replaceAll('"', '')).toBe(`x,${text}\r\n`);
    },
  );

  // A quotation mark behind a comma opens nothing there: "x," and then the cell stand as two.
  test.each([
    ['a;=1+1', `"a;'=1+1"`],
    ['a; =1;b;@SUM(A1)', `"a;' =1;b;'@SUM(A1)"`],
    ['a\t+1+1', `"a\t'+1+1"`],
    ['a\n=1', `"a\n'=1"`],
    ['a\r\n-1+cmd', `"a\r\n'-1+cmd"`],
    ['a;"=1"', `"a;'""=1"""`],
    ['a;\u200b＝1', `"a;'\u200b＝1"`],
    ['=1;=2', `"'=1;'=2"`],
    ['a;-5;b = c', '"a;-5;b = c"'],
  ])('nor does one begin where a spreadsheet of another country parts cells: %j', (text, written) => {
    const csv = tableToCsv({ columns: [{ name: 'x', kind: 'text' }], rows: [[cell('y'), cell(text, text)]] });
    expect(csv).toBe(`x\r\ny,${written}\r\n`);
    expect(harmlessCsv(`y,"${text.replaceAll('"', '""')}"`)).toBe(`y,${written}\r\n`);
  });
});

test('what a model wrote as CSV keeps its cells', () => {
  expect(harmlessCsv('a,"b ""c"" ,d"\r\n\r\ne,\nf')).toBe('a,"b ""c"" ,d"\r\n\r\ne,\r\nf\r\n');
  expect(harmlessCsv('"never closed')).toBe('never closed\r\n');
});
