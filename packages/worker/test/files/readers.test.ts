import { docxSample, rowsOf, xlsxSample } from '@vera/stand-in-kit/office-samples';
import { pdfSample, pngSample } from '@vera/stand-in-kit/sample-files';
import { describe, expect, it, test } from 'vitest';
import { fileKindOf, lookInside } from '../../src/files/file-kind.ts';
import { lookAtPicture } from '../../src/files/look-at-picture.ts';
import { readBytes } from '../../src/files/read-bytes.ts';
import { asking } from '../tables/asking.ts';
import { readHere } from './read-here.ts';
import { shownOf } from './shown-by.ts';

/** As it goes when Slack names no type, and the name says all. */
async function read(name: string, bytes: Uint8Array) {
  const kind = fileKindOf('', name)!;
  const looked = lookInside(kind, bytes);
  if (typeof looked === 'string') throw new Error(looked);
  const file = await readBytes(readHere, looked, { name, bytes });
  const { ask } = asking(...file.tables);
  const text = shownOf(file)
    .map((part) => (part.kind === 'text' ? part.text : `[${part.kind}]`))
    .join('\n');
  const cells = (file.tables[0]?.rows ?? []).map((row) => row.map((cell) => cell.text));
  return { file, text, ask, cells };
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const sum = (column: string) => ({ compute: [{ of: 'sum', column }] });

describe('a CSV', () => {
  it('keeps identifiers as they are written, and computes with numbers', async () => {
    const { ask, text } = await read('accounts.csv', bytesOf('Account,Amount\n0010,1\n"0100",2\n9223372036854775807,3\n'));
    expect(await ask({ where: [{ column: 'Account', is: '=', value: '0010' }] })).toContain('\n| 0010 | 1\n');
    expect(await ask(sum('Amount'))).toContain('\n| 6\n');
    expect(text).toContain('| 9223372036854775807 | 3');
  });

  test.each([
    ['semicolons and commas', 'a;b\nx;1.234,5\ny;2,5\n', '1237'],
    ['thousands in dots, and one cell that tells', 'a\tb\nv\t1.200\nw\t2.350\nx\t3.100\ny\t4.500\nz\t1.234,50\n', '12384.5'],
    ['thousands in dots only, parted by semicolons', 'a;b\nx;1.200\ny;2.350\n', '3550'],
    ['thousands in dots, told by another column', 'a\tb\n1,5\t1.200\n2,5\t2.350\n', '3550'],
    ['English fractions, parted by semicolons', 'a;b\nx;1.5\ny;2.25\n', '3.75'],
    ['thousandths, told by another column', 'a;b\n1.5;1.200\n2.25;2.350\n', '3.55'],
    ['thousandths in English', 'a,b\nx,1.200\ny,2.350\n', '3.55'],
    ['thousands in commas, and one cell that tells', 'a\tb\nv\t1,200.50\nw\t2,000\nx\t3,000\ny\t4,000\nz\t5,000\n', '15200.5'],
    ['a column of its own with decimal commas', 'b\n12,50\n13,75\n20,00\n', '46.25'],
    ['such a column with a currency', 'b\n12,50 €\n-13,75 €\n', '-1.25'],
    ['two columns of numbers below two names', 'a,b\n12,50\n13,75\n', '125'],
    ['a blank before each mark', 'a, c, b\nx, "Berlin, DE", 5\ny, "Rome, IT" , 7\n', '12'],
    ['a sign before the currency', 'a,b\nv,$100.00\nw,-$20.00\nx,$-5.00\n', '75'],
    ['a sign behind', 'a;b\nv;1.100,00\nw;20,00-\nx;5,00 EUR\n', '1085'],
    ['a sign apart', 'a,b\nv,8\nw,- 5\n', '3'],
    ['Swiss thousands', "a;b\nv;1'100.50\nw;2’000.00\nx;5.00\n", '3105.5'],
    ['thousands parted by blanks', 'a,b\nv,1 000.50\nw,2\u202f000.00\n', '3000.5'],
    ['one word that stands for none', 'a;b\nv;1.234\nw;2.500\nx;k.A.\n', '3734'],
    ['tabs', 'a\tb\nx\t1,234\ny\t2\n', '1236'],
    ['a line for Excel', 'sep=|\na|b\nx|1\ny|2\n', '3'],
    ['currencies and what is owed', 'a,b\nx,"$1,234.50"\ny,($1)\n', '1233.5'],
    ['ends of Windows, and a value of two lines', 'a,b\r\n"x\r\ny",1\r\nz,2\r\n', '3'],
    ['a word instead of a number', 'a,b\nv,1\nw,2\nx,3\ny,4\nz,pending\n', '10'],
    ['UTF-16', Buffer.concat([Buffer.from('fffe', 'hex'), Buffer.from('a\tb\nä\t1\nö\t2\n', 'utf16le')]), '3'],
    ['Windows-1252', Buffer.from('a,b\nStra\xdfe,1\nWeg,2\n', 'latin1'), '3'],
  ])('of %s is understood', async (_, content, expected) => {
    const { ask } = await read('a.csv', typeof content === 'string' ? bytesOf(content) : new Uint8Array(content));
    expect(await ask(sum('b'))).toContain(`\n| ${expected}\n`);
  });

  it('with a sum named in its column of days counts nothing twice', async () => {
    const days = Array.from({ length: 28 }, (_, index) => `2026-02-${String(index + 1).padStart(2, '0')},North,2`);
    const lines = ['Day,Region,Amount', ...days.slice(0, 14), 'Subtotal,,28', ...days.slice(14), 'Total,,56'];
    const { ask, file } = await read('days.csv', bytesOf(`${lines.join('\n')}\n`));
    expect(file.tables[0]?.columns[0]?.kind).toBe('date');
    const told = await ask(sum('Amount'));
    expect(told).toContain('\n| 56\n');
    expect(told).toContain('2 total rows (Subtotal, Total)');
  });

  test.each([
    ['two currencies', 'a,b\nx,$1\ny,€2\n'],
    ['days that may be two', 'a,b\nx,03/04/2026\ny,05/06/2026\n'],
    ['signs that are none', 'a,b\nx,-5-\ny,(-5)\n'],
    ['words', 'a,b\nx,1\ny,some\nz,more\nw,2\n'],
    ['ranges', 'a,b\nx,10-20\ny,20-30\n'],
    ['numbers that begin with a nought', 'a,b\nx,01\ny,02\n'],
  ])('of %s has no sum, and no order', async (_, content) => {
    const { file } = await read('a.csv', bytesOf(content));
    expect(file.tables[0]?.columns[1]?.kind).toBe('text');
  });

  test.each([
    ['Region,1,2,3\nNorth,10,20,30\nSouth,1,2,4\n', ['Region', '1', '2', '3']],
    [',40,41,42,Total\nNorth,10,20,30,60\nSouth,1,2,3,6\n', ['Column A', '40', '41', '42', 'Total']],
    ['Region,4,3,2\nNorth,10,20,30\n', ['Region', '4', '3', '2']],
  ])('has quarters and weeks in its head: %j', async (content, names) => {
    const { file } = await read('a.csv', bytesOf(content));
    expect(file.tables[0]?.columns.map(({ name }) => name)).toEqual(names);
    expect(file.tables[0]?.notes).toEqual([]);
  });

  test.each(['North,10,20,31\nSouth,1,2,4\n', 'North,1,2,3\nSouth,4,5,6\n', 'North,10,11\nSouth,20,25\n', '1,2,3\n7,8,1\n'])(
    'without a head says so: %j',
    async (content) => {
      const { file, text } = await read('a.csv', bytesOf(content));
      expect(file.tables[0]?.rows).toHaveLength(2);
      expect(text).toContain('Note: the first row holds numbers and counts as a row.');
    },
  );

  it('tells a preview from the whole', async () => {
    const { text, ask } = await read('a.csv', bytesOf(`N\n${Array.from({ length: 730 }, (_, index) => index).join('\n')}\n`));
    expect(text).toContain('Table table-1 for query_table (a.csv), 20 of 730 rows:');
    expect(await ask(sum('N'))).toContain('\n| 266085\n');
  });
});

describe('a workbook', () => {
  const formats = ['dd/mm/yyyy', '[h]:mm', '0%', 'General', '00000', 'yyyy\\-mm\\-dd hh:mm', '#,##0.00 "h";[Red]-0'];
  const one = (rows: string, options = {}) => xlsxSample({ sheets: [{ name: 'One', rows }], formats, ...options });

  it('is read as it is written and as it is meant', async () => {
    const head = '<row><c t="inlineStr"><is><t>What</t></is></c><c t="inlineStr"><is><t>Value</t></is></c></row>';
    const row = (cell: string) => `<row><c t="inlineStr"><is><t>x</t></is></c>${cell}</row>`;
    const rows = [
      '<c s="1"><v>42735</v></c>',
      '<c s="2"><v>1.5</v></c>',
      '<c s="3"><v>0.5</v></c>',
      '<c><v>12345678901234567</v></c>',
      '<c t="e"><v>#N/A</v></c>',
      '<c><f>1+1</f></c>',
      '<c s="5"><v>123</v></c>',
      '<c s="6"><v>42735.75</v></c>',
      '<c s="7"><v>0.30000000000000004</v></c>',
      '<c t="b"><v>1</v></c>',
      '<c t="s"><v>0</v></c>',
      '<c t="str"><f>A1</f><v>a_x000D_b</v></c>',
      '<c t="d"><v>2026-11-30T00:00:00</v></c>',
    ];
    const { cells, text } = await read(
      'a.xlsx',
      one(head + rows.map(row).join(''), { isFrom1904: true, sharedTexts: ['shared &amp; kept'] }),
    );
    expect(cells.map(([, value]) => value)).toEqual([
      ...['2021-01-01', '36:00', '50 %', '12345678901234567', '#N/A', '(not computed)', '00123', '2021-01-01 18:00', '0.3'],
      ...['TRUE', 'shared & kept', 'a\rb', '2026-11-30 00:00:00'],
    ]);
    expect(text).toContain('Note: formulas without a stored value: 1; they are shown as (not computed) and take part in no sum.');
  });

  test.each([
    [1, '59', '1900-02-28'],
    [1, '61', '1900-03-01'],
    [1, '46356.5', '2026-11-30 12:00'],
    [1, '-1', '-1'],
    [6, '46356.999999', '2026-12-01'],
  ])('counts days from 1900: style %d, %s', async (style, stored, expected) => {
    const { cells } = await read('a.xlsx', one(`<row><c s="${style}"><v>${stored}</v></c></row>`));
    expect(cells).toEqual([[expected]]);
  });

  it('keeps all digits of whole numbers, also as groups and as the highest', async () => {
    const rows = rowsOf([
      ['Account', 'Amount'],
      [1234567890123456, 1],
      [1234567890123457, 2],
    ]);
    const { ask, cells } = await read('a.xlsx', one(rows));
    expect(cells.map(([account]) => account)).toEqual(['1234567890123456', '1234567890123457']);
    expect(await ask({ group_by: ['Account'], ...sum('Amount') })).toMatch(/1234567890123456 \| 1\n.*1234567890123457 \| 2\n/);
    expect(await ask({ compute: [{ of: 'max', column: 'Account' }] })).toContain('\n| 1234567890123457\n');
  });

  it('shows currencies, and adds up one of them only', async () => {
    const currencies = ['#,##0.00 [$€-407]', '#,##0.00 "EUR"', '$#,##0.00', '[$-409]#,##0', '_-[$CHF-807] * #,##0.00'];
    const sheetOf = (styles: number[]) =>
      one(rowsOf([['Amount']]) + styles.map((style) => `<row><c s="${style}"><v>5</v></c></row>`).join(''), { formats: currencies });
    const mixed = await read('a.xlsx', sheetOf([1, 2, 3, 4, 5]));
    expect(mixed.cells.flat()).toEqual(['5 €', '5 EUR', '5 $', '5', '5 CHF']);
    expect(mixed.file.tables[0]?.columns[0]?.kind).toBe('text');
    const same = await read('a.xlsx', sheetOf([1, 1, 4]));
    expect(await same.ask(sum('Amount'))).toContain('\n| 15\n');
  });

  it('shows an error and leaves it out of sums with a note', async () => {
    const filled = rowsOf([
      ['Name', 'Amount'],
      ['a', 1],
      ['b', 2],
    ]);
    const rows = `${filled}<row><c t="inlineStr"><is><t>c</t></is></c><c t="e"><v>#N/A</v></c></row>`;
    const { ask, text } = await read('a.xlsx', one(rows));
    expect(text).toContain('| c | #N/A');
    expect(await ask(sum('Amount'))).toMatch(/\n\| 3\nNote: 1 cell of Amount with nothing to compute with is left out: #N\/A\./);
  });

  it('has its head below a title, and a total at its end', async () => {
    const rows = rowsOf([['Costs of the quarter'], [], ['Region', 2025, 2026], ['North', 1, 25], ['South', 2, 75], ['Total', 3, 100]]);
    const { file, ask } = await read('a.xlsx', one(rows));
    expect(file.tables[0]).toMatchObject({ name: 'a.xlsx, sheet One', notes: ['above the table stands: Costs of the quarter'] });
    expect(await ask(sum('2026'))).toMatch(/\n\| 100\n.*1 total row \(Total\) of the table left out/s);
  });

  it('is all of its sheets, and says what was not read', async () => {
    const sheets = Array.from({ length: 200 }, (_, index) => ({
      name: `S${index}`,
      rows: rowsOf([['N'], [index]]),
      isHidden: index === 1,
    }));
    const { file, text } = await read('a.xlsx', xlsxSample({ sheets, more: { 'xl/charts/chart1.xml': '<c/>' } }));
    expect(file.tables).toHaveLength(40);
    expect(file.notes).toEqual(['160 of its 200 sheets were not read', 'it holds 1 charts or pictures, which were not read']);
    expect(text).toContain('Note: this sheet is hidden in the file.');
  });

  it('keeps what its author hid or merged in mind', async () => {
    const rows = `${rowsOf([['N']])}<row hidden="1"><c><v>1</v></c></row><row><c><v>2</v></c></row>`;
    const sheet = { name: 'One', rows, after: '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>' };
    const { text } = await read('a.xlsx', xlsxSample({ sheets: [sheet] }));
    expect(text).toContain('Note: rows hidden in the file: 1; they take part.');
    expect(text).toContain('Note: merged ranges: 1; only the first cell of each holds its value.');
  });
});

describe('a document', () => {
  it('tells what was deleted from what was inserted', async () => {
    const body =
      '<w:p><w:r><w:t xml:space="preserve">The term is </w:t></w:r><w:del><w:r><w:delText>twelve</w:delText></w:r></w:del>' +
      '<w:ins><w:r><w:t>twenty-</w:t></w:r><w:r><w:t>four</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> months.</w:t></w:r></w:p>';
    const { text } = await read('a.docx', docxSample(body));
    expect(text).toContain('The term is [deleted: twelve][inserted: twenty-four] months.');
    expect(text).toContain('tracked changes that nobody accepted yet, 1 deletion and 1 insertion');
  });

  it('has its tables, its notes and its comments, and follows no link', async () => {
    const cell = (text: string) => `<w:tc><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:tc>`;
    const body = `<w:p><w:hyperlink r:id="rId9"><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p><w:tbl><w:tr>${cell('a')}${cell('b')}</w:tr></w:tbl>`;
    const more = {
      'word/_rels/document.xml.rels':
        '<Relationships><Relationship Id="rId9" Target="file:///dev/zero" TargetMode="External"/></Relationships>',
      'word/comments.xml': '<w:comments xmlns:w="w"><w:comment><w:p><w:r><w:t>why?</w:t></w:r></w:p></w:comment></w:comments>',
      'word/media/image1.png': pngSample(),
    };
    const { text } = await read('a.docx', docxSample(body, more));
    expect(text).toContain('link\na | b');
    expect(text).toContain('Comments:\nwhy?');
    expect(text).toContain('it holds 1 picture, not read');
  });
});

describe('a PDF', () => {
  it('begins with what of it nobody has read', async () => {
    const bytes = new Uint8Array(pdfSample({ texts: ['one', 'two', '', '', '', '', '', '', 'nine', ''], pages: 10 }));
    const { file, text } = await read('a.pdf', bytes);
    expect(text).toMatch(
      /^File "a\.pdf": pages 3–8, 10 of 10 hold no text, as scans and pictures do; what they show was not read\.\n\[document\]$/,
    );
    expect(file.text).toContain('[page 9]\nnine');
    expect(file.block).toMatchObject({ pages: 10, bytes });
  });

  it('is its text where it is too long to go whole, and says so', async () => {
    const { text } = await read('a.pdf', new Uint8Array(pdfSample({ texts: ['one'], pages: 101, isCompressed: false })));
    expect(text).toContain('it is shown as its text only');
    expect(text).toContain('[page 1]\none');
    expect(text).not.toContain('[document]');
  });

  test.each([
    ['with a password', pdfSample({ isProtected: true }), 'it is protected with a password'],
    ['of 101 empty pages', pdfSample({ pages: 101, isCompressed: true }), 'it holds no text, and with 101 pages it is too large'],
    ['that is none', Buffer.from('%PDF-1.7 nothing %%EOF'), 'it is damaged, or not complete'],
  ])('%s is named with the reason', async (_, bytes, reason) => {
    expect((await read('a.pdf', new Uint8Array(bytes))).text).toContain(reason);
  });
});

describe('a page', () => {
  it('is what one sees of it, with its tables', async () => {
    const table =
      '<table><tr><th>Region</th><th>Amount</th></tr><tr><td>North</td><td>1</td></tr><tr><td>South</td><td>2</td></tr></table>';
    const { text, ask } = await read(
      'a.html',
      bytesOf(`<html><head><title>x</title><script>secret()</script></head><body><h1>Costs &amp; more</h1>${table}</body>`),
    );
    expect(text).toContain('Costs & more');
    expect(text).not.toContain('secret');
    expect(await ask(sum('Amount'))).toContain('\n| 3\n');
  });
});

describe('a picture', () => {
  it('that has too many pixels is made smaller', async () => {
    const { file, text } = await read('wide.png', new Uint8Array(pngSample(9_000, 90)));
    expect(text).toContain('it is shown smaller: it has 9000 × 90 pixels');
    expect(lookAtPicture(file.block?.bytes ?? new Uint8Array())).toEqual({ kind: 'fine', format: 'jpeg', width: 2_000, height: 20 });
  });
});
