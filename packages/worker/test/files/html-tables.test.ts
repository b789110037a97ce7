import { expect, it, test } from 'vitest';
import { readHere } from './read-here.ts';

const row = (...cells: string[]) => `<tr>${cells.join('')}</tr>`;
const td = (text: string | number, spans = '') => `<td ${spans}>${text}</td>`;
const th = (text: string | number, spans = '') => `<th ${spans}>${text}</th>`;
const head = row(th('Region'), th('Team'), th('N'));
const south = row(td('South'), td('b'), td(2));

async function seen(...rows: string[]) {
  const bytes = new TextEncoder().encode(`<table>${rows.join('')}</table>`);
  const [table] = (await readHere({ kind: 'html', name: 'a.html', bytes })).tables;
  return {
    names: table?.columns.map(({ name }) => name).join(),
    rows: table?.rows.map((cells) => cells.map(({ text }) => text).join()),
    notes: table?.notes.join(),
  };
}

test.each<[string, string[], string[]]>([
  ['several rows', [row(td('North', 'rowspan="2"'), td('a'), td(1)), row(td('b'), td(2))], ['North,a,1', 'North,b,2']],
  ['several columns', [row(td('North', 'colspan=2'), td(1)), south], ['North,North,1', 'South,b,2']],
  ['both', [row(td('x', 'rowspan=2 colspan="2"'), td(7, 'rowspan=3')), '<tr></tr>', row(td('y'), td('z'))], ['x,x,7', 'x,x,7', 'y,z,7']],
  ['all rows that follow', [row(td('North', 'rowspan=0'), td('a'), td(1)), row(td('b'), td(2))], ['North,a,1', 'North,b,2']],
  [
    'no more than its part of the table',
    [`<tbody>${row(td('North', 'rowspan=9'), td('a'), td(1))}</tbody>`, `<tbody>${south}</tbody>`],
    ['North,a,1', 'South,b,2'],
  ],
  ['more columns than there are', [row(td('North'), td('c', 'colspan=99')), south], ['North,c,c', 'South,b,2']],
  ['a place in the middle', [row(td('North'), td('a', 'rowspan=2'), td(1)), row(td('South'), td(2))], ['North,a,1', 'South,a,2']],
  [
    'itself, however that is written',
    [row(td('North', 'rowspan=x colspan=0'), td('a', 'colspan=-2'), td(1, 'rowspan="1"')), south],
    ['North,a,1', 'South,b,2'],
  ],
  ['a whole line, which is said once', [row(td('All of them', 'colspan=3')), south], ['All of them,,', 'South,b,2']],
])('a cell of a page’s table stands in all places that it covers: %s', async (_, rows, cells) => {
  expect(await seen(head, ...rows)).toMatchObject({ names: 'Region,Team,N', rows: cells });
});

const costs = (cell: typeof td) => [row(cell('Region', 'rowspan=2'), cell('Costs', 'colspan=2')), row(cell(2025), cell(2026))];

test.each<[string, string[], string]>([
  ['years under a word', costs(th), 'Region,Costs 2025,Costs 2026'],
  ['nothing says that it is a head', costs(td), 'Region,Costs 2025,Costs 2026'],
  [
    'the same names under two words',
    [
      `<thead>${row(td(''), td('Costs', 'colspan=2'), td('Staff', 'colspan=2'))}`,
      `${row(...['Region', 'a', 'b', 'a', 'b'].map((name) => td(name)))}</thead>`,
    ],
    'Region,Costs a,Costs b,Staff a,Staff b',
  ],
  ['three rows', [row(th('A', 'rowspan=3'), th('B', 'colspan=2')), row(th('C', 'colspan=2')), row(th('D'), th('E'))], 'A,B C D,B C E'],
  ['a line above them', [row(th('Of all', 'colspan=3')), ...costs(th)], 'Region,Costs 2025,Costs 2026'],
])('a head of several rows gives each column one name: %s', async (_, rows, names) => {
  const body = (name: string) => row(td(name), ...Array.from({ length: names.split(',').length - 1 }, (__, index) => td(index + 10)));
  const found = await seen(...rows, body('North'), body('South'));
  expect([found.names, found.rows?.length]).toEqual([names, 2]);
});

it('names no column by a line over all of them', async () => {
  const { names, notes } = await seen(row(th('Costs', 'colspan=3')), head, row(td('North'), td('a'), td(1)));
  expect([names, notes]).toEqual(['Region,Team,N', 'title of the table: “Costs”']);
});

test.each([
  ['EUR 1,200', 'rowspan=2', 'a number spans several cells and stands in each of them, so a sum would count it several times'],
  ['Q1', 'rowspan=2', ''],
  ['7', 'rowspan=1', ''],
])('that a sum counts a number again is said: %s with %s', async (text, spans, notes) => {
  expect((await seen(head, row(td('North'), td('a'), td(text, spans)), row(td('South'), td('b')))).notes).toBe(notes);
});
