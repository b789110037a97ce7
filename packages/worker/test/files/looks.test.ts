import { docxSample } from '@vera/stand-in-kit/office-samples';
import { pdfSample } from '@vera/stand-in-kit/sample-files';
import { describe, expect, it, test } from 'vitest';
import { readHere } from './read-here.ts';

const page = (html: string) => readHere({ kind: 'html', name: 'a.html', bytes: new TextEncoder().encode(html) });

describe('what the look of a text says is told', () => {
  test.each([
    ['1200<sup>1</sup>', '1200^(1)', '1200^(1)'],
    ['1200<sup><a href="#n1">[1]</a></sup> EUR', '1200^([1]) EUR', '1200^([1]) EUR'],
    ['12<span style="vertical-align: super">3</span>4', '12^(3)4', '12^(3)4'],
    ['H<sub>2</sub>O', 'H_(2)O', 'H_(2)O'],
    ['1 2<sup> </sup>', '1 2', '1 2'],
    ['<s>100</s>80', '[struck: 100]80', '80'],
    ['<del>100</del> <ins>80</ins>', '[struck: 100] 80', '80'],
    ['<span style="text-decoration: underline line-through">100</span>80', '[struck: 100]80', '80'],
    ['10<br>200', '10\n200', '10\n200'],
    ['<p>30</p><p>40</p>', '30\n40', '30\n40'],
    ['<ul><li>30<li>40</ul>', '30\n40', '30\n40'],
    ['Ann<br/>Lee', 'Ann\nLee', 'Ann\nLee'],
    ['7<summary>8</summary>', '7\n8', '7\n8'],
    ['A<b>nn</b> L<i>ee</i>', 'Ann Lee', 'Ann Lee'],
    ['Ann<constructor> Lee</constructor>', 'Ann Lee', 'Ann Lee'],
  ])('on a page: %s', async (html, text, cell) => {
    const { text: seen = '', tables } = await page(
      `<p>${html}</p><table><tr><th>Team</th><th>Cost</th></tr><tr><td>a</td><td>${html}</td></tr></table>`,
    );
    expect(seen.replace(/\n+/g, '\n').slice(0, text.length + 1)).toBe(`${text}\n`);
    expect(tables[0]?.rows[0]?.[1]).toEqual({ text: cell, value: cell === '80' ? 80 : cell });
  });

  it('on a page, and what of it takes no part is said', async () => {
    const { tables, notes } = await page(
      '<table><tr><th>Team</th><th>Cost</th></tr><tr><td>a</td><td><s>100</s>80</td></tr><tr><td><s>b</s></td><td><s>7</s></td></tr></table>',
    );
    expect(tables[0]?.rows.map((row) => row.map(({ value }) => value))).toEqual([['a', 80]]);
    expect(tables[0]?.notes).toEqual(['what is struck out on the page is left out of this table']);
    expect(notes).toEqual(['it holds text that is struck out: it stands as [struck: …]']);
  });

  const run = (inside: string, look = '') => `<w:r>${look === '' ? '' : `<w:rPr>${look}</w:rPr>`}${inside}</w:r>`;
  const t = (text: string) => `<w:t xml:space="preserve">${text}</w:t>`;
  const math = (inside: string) => `<m:oMath>${inside}</m:oMath>`;
  const m = (text: string) => `<m:r><m:t>${text}</m:t></m:r>`;
  const style = (id: string, look: string, more = '') => `<w:style w:styleId="${id}">${more}<w:rPr>${look}</w:rPr></w:style>`;
  const styles = [
    style('Hid', '<w:vanish/>'),
    style('Hid2', '<w:b/>', '<w:basedOn w:val="Hid"/>'),
    style('Round', '', '<w:basedOn w:val="Round"/>'),
    style('Mark', '<w:vertAlign w:val="superscript"/>'),
  ].join('');

  test.each([
    [run(`${t('first')}<w:cr/>${t('second')}`), 'first\nsecond'],
    [run(`${t('Ann')}<w:constructor/>${t('Lee')}`), 'AnnLee'],
    [math(`<m:constructor>${m('1')}</m:constructor>`), '1'],
    [run(`${t('555')}<w:noBreakHyphen/>${t('1234')}`), '555-1234'],
    [run(t('1200')) + run(t('1'), '<w:vertAlign w:val="superscript"/>') + run(t(' EUR')), '1200^(1) EUR'],
    [run(t('1200')) + run(t('1'), '<w:rStyle w:val="Mark"/>'), '1200^(1)'],
    [run(t('H')) + run(t('2'), '<w:vertAlign w:val="subscript"/>') + run(t('O')), 'H_(2)O'],
    [run(t('12')) + run(t('34'), '<w:vertAlign w:val="baseline"/>'), '1234'],
    [run(t('100'), '<w:strike/>') + run(t('80')), '[struck: 100]80'],
    [run(t('10'), '<w:dstrike/>') + run(t('0'), '<w:dstrike/>') + run(t('80'), '<w:strike w:val="0"/>'), '[struck: 100]80'],
    [run(t('100'), '<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>') + run(t('80')), '10080'],
    [run(t('Take ')) + math(`<m:f><m:num>${m('1')}</m:num><m:den>${m('2')}</m:den></m:f>`), 'Take (1)/(2)'],
    [math(`<m:sSup><m:e>${m('10')}</m:e><m:sup>${m('6')}</m:sup></m:sSup>`), '10 ^(6)'],
    [math(`<m:m><m:mr><m:e>${m('1')}</m:e><m:e>${m('2')}</m:e></m:mr></m:m>`), '1 2'],
    [run('<w:sym w:font="Wingdings" w:char="F0FC"/>') + run('<w:sym w:font="Wingdings" w:char="F0FB"/>'), '✓✗'],
    [run('<w:sym w:font="MS Gothic" w:char="2612"/>'), '☒'],
    [run('<w:sym w:font="Symbol" w:char="F0B3"/>'), '[sign B3 of Symbol]'],
    [run(t('seen ')) + run(t('tiny'), '<w:sz w:val="2"/>'), 'seen [hidden: tiny]'],
    [run(t('seen ')) + run(t('white'), '<w:color w:val="FFFFFF"/>'), 'seen [in white: white]'],
    [run(t('seen ')) + run(t('styled'), '<w:rStyle w:val="Hid2"/>'), 'seen [hidden: styled]'],
    [
      `<w:pPr><w:pStyle w:val="Hid"/></w:pPr>${run(t('all of it'))}${run(t(' but this'), '<w:vanish w:val="0"/>')}`,
      '[hidden: all of it] but this',
    ],
    [run(t('round'), '<w:rStyle w:val="Round"/>'), 'round'],
    [`<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>${run(`${t('a')}<w:tab/>${t('b')}`)}`, 'a\tb'],
  ])('in a document: %s', async (body, text) => {
    const bytes = docxSample(`<w:p>${body}</w:p>`, { 'word/styles.xml': `<w:styles xmlns:w="w">${styles}</w:styles>` });
    expect((await readHere({ kind: 'docx', name: 'a.docx', bytes })).text?.trim()).toBe(text);
  });

  test.each([
    ['1200) Tj 4 Ts /F1 5 Tf (1) Tj 0 Ts /F1 9 Tf ( EUR', '1200^(1) EUR'],
    [') Tj 9 20 Td (H) Tj -2 Ts /F1 6 Tf (2) Tj 0 Ts /F1 9 Tf (O', 'H_(2)O'],
    ['12) Tj /F1 6 Tf (34', '1234'],
    ['seen ) Tj /F1 0.5 Tf (tiny words', 'seen [hidden: tiny words]'],
    ['T) Tj 9 Ts /F1 3 Tf (he story', 'The story'],
  ])('in a PDF: %s', async (content, text) => {
    const bytes = new Uint8Array(pdfSample({ texts: [content] }));
    expect((await readHere({ kind: 'pdf', name: 'a.pdf', bytes })).text?.trim()).toBe(`[page 1]\n${text}`);
  });
});

test.each([
  ['.x{display:none}', 'class="a x"', false],
  ['.y, .x { color: red; VISIBILITY : hidden !important }', 'class="x"', false],
  ['/* .x{} */ #x{opacity:0}', 'id="x"', false],
  ['p.x{font-size:0px}', 'class="x"', false],
  ['', 'style="opacity: 0.0"', false],
  ['', 'style="font-size:0"', false],
  ['', 'style="opacity: 0.5; font-size: 0.8em"', true],
  ['.x{display:none} .x.open{display:block}', 'class="x open"', true],
  ['.x{display:none} div .x{display:block}', 'class="x"', true],
  ['div .x{display:none}', 'class="x"', true],
  ['@media print{.x{display:none}}', 'class="x"', true],
  ['@import "a"; .x{display:none}', 'class="x"', false],
  ['.x{display:none}', 'class="x" style="display:block"', true],
  ['.x:hover{display:none}', 'class="x"', true],
])('what a page’s own style sheet hides is no word of it: %s %s', async (css, attributes, isSeen) => {
  const { text, notes } = await page(`<style>${css}</style><p>Seen</p><p ${attributes}>perhaps</p>`);
  expect(text).toBe(isSeen ? 'Seen\n\nperhaps' : 'Seen');
  expect(notes).toEqual(isSeen ? [] : ['it holds parts that are hidden on the page; they were left out']);
});
