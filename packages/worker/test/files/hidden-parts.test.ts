import { docxSample, rowsOf, xlsxSample } from '@vera/stand-in-kit/office-samples';
import { describe, expect, it } from 'vitest';
import { readHere } from './read-here.ts';

describe('what a file hides', () => {
  it.each([
    ['<row ht="0" customHeight="1"><c><v>1</v></c></row>', 'rows hidden in the file: 1;'],
    ['<row ht="0.0"><c><v>1</v></c></row><row ht="15"><c><v>2</v></c></row>', 'rows hidden in the file: 1;'],
    [
      '</sheetData><cols><col min="2" max="4" hidden="1"/><col min="6" max="6" width="0"/></cols><sheetData>',
      'columns hidden in the file: 4;',
    ],
    ['<sheetFormatPr zeroHeight="1"/><row><c><v>1</v></c></row><row ht="15"><c><v>2</v></c></row>', 'rows hidden in the file: 1;'],
  ])('says what nobody sees: %s', async (rows, note) => {
    const { tables } = await readHere({
      kind: 'xlsx',
      name: 'a.xlsx',
      bytes: xlsxSample({ sheets: [{ name: 'One', rows: rowsOf([['N'], [3]]) + rows }] }),
    });
    expect(tables[0]?.notes).toEqual([`${note} they take part`]);
  });

  it('says which cells their format does not show', async () => {
    const bytes = xlsxSample({
      sheets: [{ name: 'One', rows: '<row><c s="1"><v>1</v></c><c s="2"><v>2</v></c></row>' }],
      formats: [';;;', ';;;@'],
    });
    const { tables } = await readHere({ kind: 'xlsx', name: 'a.xlsx', bytes });
    expect(tables[0]?.notes).toEqual(['cells whose format shows nothing: 1; they take part']);
  });

  it('says that there are comments', async () => {
    const sheets = [{ name: 'One', rows: rowsOf([['N'], [3]]) }];
    for (const part of ['xl/comments1.xml', 'xl/threadedComments/threadedComment1.xml'])
      expect((await readHere({ kind: 'xlsx', name: 'a.xlsx', bytes: xlsxSample({ sheets, more: { [part]: '<c/>' } }) })).notes).toEqual([
        'it holds comments on cells, which were not read',
      ]);
  });

  it('says what was hidden, what stands at its edges, and a box of text once', async () => {
    const run = (text: string, hidden = '') => `<w:r><w:rPr>${hidden}</w:rPr><w:t>${text}</w:t></w:r>`;
    const box = (text: string) => `<w:txbxContent><w:p>${run(text)}</w:p></w:txbxContent>`;
    const body =
      `<w:p>${run('The price is 5')}${run(' and 9 for us', '<w:vanish/>')}${run('.', '<w:vanish w:val="0"/>')}</w:p>` +
      `<w:p><w:r><mc:AlternateContent><mc:Choice>${box('In a box')}</mc:Choice><mc:Fallback>${box('In a box')}</mc:Fallback></mc:AlternateContent></w:r></w:p>`;
    const header = `<w:hdr><w:p>${run('DRAFT')}</w:p></w:hdr>`;
    const more = {
      'word/header1.xml': header,
      'word/header2.xml': header,
      'word/footer1.xml': `<w:ftr><w:p>${run('Until 2024')}</w:p></w:ftr>`,
    };
    const { text = '', notes } = await readHere({ kind: 'docx', name: 'a.docx', bytes: docxSample(body, more) });
    expect(text).toContain('The price is 5[hidden:  and 9 for us].\n');
    expect(notes).toEqual(['it holds text that its author hid: it stands as [hidden: …]']);
    expect(text.split('In a box')).toHaveLength(2);
    expect(text).toContain('Headers:\nDRAFT\n\nFooters:\nUntil 2024');
  });

  it.each(['hidden', 'style="color: red; display:none"', 'style="visibility : hidden"'])(
    'is no row and no word of a page: %s',
    async (how) => {
      const row = (name: string, n: number, more = '') => `<tr ${more}><td>${name}</td><td>${n}</td></tr>`;
      const html = `<table><tr><th>Region</th><th>N</th></tr>${row('a', 1)}${row('b', 100, how)}</table><p ${how}>secret <br> words</p><p>seen</p>`;
      const { text, tables, notes } = await readHere({ kind: 'html', name: 'a.html', bytes: new TextEncoder().encode(html) });
      expect(tables[0]?.rows.map((cells) => cells.map((cell) => cell.text))).toEqual([['a', '1']]);
      expect(text).not.toMatch(/secret|words|100/);
      expect(text).toContain('seen');
      expect(notes).toEqual(['it holds parts that are hidden on the page; they were left out']);
    },
  );
});
