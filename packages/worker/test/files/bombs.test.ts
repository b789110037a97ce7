import { docxSample, rowsOf, xlsxSample, zipSample } from '@vera/stand-in-kit/office-samples';
import { pdfSample } from '@vera/stand-in-kit/sample-files';
import { expect, test } from 'vitest';
import type { ReadKind } from '../../src/files/file-reading.ts';
import { patientReader } from './patient-reader.ts';
import { readHere } from './read-here.ts';

const sheet = (rows: string, more: object = {}) => xlsxSample({ sheets: [{ name: 'One', rows }], ...more });
const at = (address: string) => `<row r="${/\d+/.exec(address)}"><c r="${address}"><v>1</v></c></row>`;
const nested = (depth: number) => Buffer.from('<a>'.repeat(depth) + '</a>'.repeat(depth));
const entities = `<!DOCTYPE x [<!ENTITY a "${'ha'.repeat(500)}">${Array.from({ length: 9 }, (_, index) => `<!ENTITY ${'abcdefghij'[index + 1]} "${`&${'abcdefghij'[index]};`.repeat(10)}">`).join('')}]>`;

const bombs: [string, ReadKind, Buffer][] = [
  ['two cells, a million rows apart', 'xlsx', sheet(at('A1') + at('A1048576'))],
  ['two cells, all columns apart', 'xlsx', sheet(at('A1') + at('XFD20000'))],
  ['a column that no sheet has', 'xlsx', sheet(at('ZZZ1'))],
  ['an archive of noughts', 'xlsx', zipSample({ 'xl/workbook.xml': '<workbook/>', 'xl/sharedStrings.xml': Buffer.alloc(400_000_000) })],
  [
    'an archive that lies about its size',
    'xlsx',
    zipSample({ 'xl/workbook.xml': Buffer.alloc(100_000_000, ' ') }, { 'xl/workbook.xml': 100 }),
  ],
  ['an archive in an archive', 'docx', zipSample({ 'word/document.xml': zipSample({ 'word/document.xml': Buffer.alloc(50_000_000) }) })],
  ['entities of entities', 'xlsx', zipSample({ 'xl/workbook.xml': `${entities}<workbook>&j;&j;</workbook>` })],
  ['elements in elements', 'xlsx', zipSample({ 'xl/workbook.xml': nested(2_000_000) })],
  [
    'ranges merged ten thousand times',
    'xlsx',
    xlsxSample({
      sheets: [
        { name: 'One', rows: at('A1') + at('A2'), after: `<mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(10_000)}</mergeCells>` },
      ],
    }),
  ],
  [
    'one long text, shown by a hundred thousand cells',
    'xlsx',
    sheet(`<row>${'<c t="s"><v>0</v></c>'.repeat(400)}</row>`.repeat(250), { sharedTexts: ['x'.repeat(30_000)] }),
  ],
  ['a million cells', 'xlsx', sheet(rowsOf(Array.from({ length: 20_000 }, () => Array.from({ length: 50 }, () => 1))))],
  [
    'links to what has no end',
    'docx',
    docxSample('<w:p/>', { 'word/_rels/document.xml.rels': '<Relationship Target="file:///dev/zero" TargetMode="External"/>' }),
  ],
  ['five thousand pages', 'pdf', pdfSample({ pages: 5_000 })],
  ['a password', 'pdf', pdfSample({ isProtected: true })],
  ['a value without end', 'csv', Buffer.from(`a,b\n${'"x\n'.repeat(500_000)}`)],
  ['a million columns', 'csv', Buffer.from(`${','.repeat(1_000_000)}\n1\n`)],
  ['elements in elements of a page', 'html', Buffer.from('<div>'.repeat(300_000))],
  [
    'cells over ever more columns of a page',
    'html',
    Buffer.from(`<table>${Array.from({ length: 460 }, (_, index) => `<tr><td colspan=${index}>x<td>y`).join('')}`),
  ],
  ['cells over all rows of a page', 'html', Buffer.from(`<table>${'<tr><td rowspan=65534>x'.repeat(600)}`)],
  ['cells over rows without end', 'html', Buffer.from(`<table><tr>${'<td rowspan=0>x'.repeat(450)}${'<tr>'.repeat(400_000)}`)],
  [
    'one long text in all rows of a page',
    'html',
    Buffer.from(`<table><tr><td rowspan=0>${'x'.repeat(100_000)}${'<tr><td>1'.repeat(5_000)}`),
  ],
  ['no picture', 'picture', Buffer.alloc(1_000_000)],
];

const named = /^(?:damaged|protected|unpacked|empty|output)$/;
/** What is counted before it is made says so, and is not noticed by what comes of it. */
const counted: Readonly<Record<string, string>> = {
  'a column that no sheet has': 'damaged',
  'an archive of noughts': 'unpacked',
  'elements in elements': 'unpacked',
  'elements in elements of a page': 'unpacked',
  'one long text, shown by a hundred thousand cells': 'output',
  'a million cells': 'output',
  'a million columns': 'output',
  'cells over ever more columns of a page': 'output',
  'cells over all rows of a page': 'output',
  'cells over rows without end': 'output',
  'one long text in all rows of a page': 'output',
  'a password': 'protected',
};

// Here, without the wall around them: what each reader counts before it keeps it is enough.
test.each(bombs)('%s: a named failure or what fills it, and nothing else', async (name, kind, bytes) => {
  const reading = await readHere({ kind, name: 'bomb', bytes: new Uint8Array(bytes) }).catch((error: unknown) => error);
  if (counted[name]) expect(reading).toMatchObject({ code: counted[name] });
  else if (reading instanceof Error) expect(reading).toMatchObject({ code: expect.stringMatching(named) });
  else expect(JSON.stringify(reading).length).toBeLessThan(20_000);
});

test('two cells at the ends of a sheet are two filled rows', async () => {
  const read = patientReader();
  const [rows, columns] = await Promise.all(
    ['A1048576', 'XFD20000'].map((address) => read({ kind: 'xlsx', name: 'a', bytes: new Uint8Array(sheet(at('A1') + at(address))) })),
  );
  expect([rows?.tables[0]?.rows, columns?.tables[0]?.rows].map((found) => found?.length)).toEqual([2, 2]);
});
