import { mostRead, RefusedFileError } from '../file-reading.ts';
import { builtInFormat, formatOf, type NumberFormat } from './number-format.ts';
import { readSheet, type Workbook } from './read-sheet.ts';
import { readXml } from './read-xml.ts';
import { toTable } from './to-table.ts';
import type { Told } from './told.ts';
import { partNamed, zipParts } from './zip-parts.ts';

/** The sheets of an .xlsx file: what they hold, not what is drawn on them. */
export function readWorkbook(bytes: Uint8Array, name: string, told: Told): void {
  const isWanted = (part: string) =>
    /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|styles\.xml|sharedStrings\.xml|worksheets\/[^/]+\.xml)$/i.test(part);
  const drawn = new Set<string>();
  let isCommented = false;
  const parts = zipParts(bytes, (part) => {
    if (/^xl\/(?:charts|media)\/[^/]+$/i.test(part)) drawn.add(part);
    isCommented ||= /^xl\/(?:comments|threadedComments\/)[^/]*\.xml$/i.test(part);
    return isWanted(part);
  });
  const { sheets, isFrom1904 } = sheetsOf(partNamed(parts, 'xl/workbook.xml'));
  if (sheets.length === 0) throw new RefusedFileError('damaged');
  const targets = targetsOf(partNamed(parts, 'xl/_rels/workbook.xml.rels'));
  const budget = { cells: 0, characters: 0 };
  const workbook: Workbook = {
    texts: sharedTexts(partNamed(parts, 'xl/sharedStrings.xml')),
    formats: cellFormats(partNamed(parts, 'xl/styles.xml')),
    isFrom1904,
    spend(characters) {
      budget.cells += 1;
      budget.characters += characters;
      if (budget.cells > mostRead.cells || budget.characters > mostRead.characters) throw new RefusedFileError('output');
    },
  };
  let read = 0;
  for (const sheet of sheets.slice(0, mostRead.sheets)) {
    const { rows, notes } = readSheet(partNamed(parts, targets.get(sheet.id) ?? ''), workbook);
    const table = toTable(`${name}, sheet ${sheet.name}`, rows, [
      ...(sheet.isHidden ? ['this sheet is hidden in the file'] : []),
      ...notes,
    ]);
    if (table) told.table(table);
    read += table ? 1 : 0;
  }
  if (sheets.length > mostRead.sheets) told.note(`${sheets.length - mostRead.sheets} of its ${sheets.length} sheets were not read`);
  if (drawn.size > 0) told.note(`it holds ${drawn.size} charts or pictures, which were not read`);
  if (isCommented) told.note('it holds comments on cells, which were not read');
  if (read === 0) throw new RefusedFileError('empty');
}

interface Sheet {
  readonly name: string;
  readonly id: string;
  readonly isHidden: boolean;
}

function sheetsOf(part: Uint8Array | undefined): { readonly sheets: readonly Sheet[]; readonly isFrom1904: boolean } {
  const sheets: Sheet[] = [];
  let isFrom1904 = false;
  readXml(part, {
    open(element, attributes) {
      if (element === 'workbookPr') isFrom1904 = /^(?:1|true|on)$/i.test(attributes.date1904 ?? '');
      if (element !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      sheets.push({ name: attributes.name ?? '', id, isHidden: /hidden/i.test(attributes.state ?? '') });
    },
  });
  return { sheets, isFrom1904 };
}

/** Where the part of each sheet lies. Only parts of this file are looked up by it, whatever it says. */
function targetsOf(part: Uint8Array | undefined): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  readXml(part, {
    open(element, { Id: id = '', Target: target = '' }) {
      if (element === 'Relationship') targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`);
    },
  });
  return targets;
}

/** Texts that cells refer to by number. How a Japanese text is pronounced stands beside it. */
function sharedTexts(part: Uint8Array | undefined): readonly string[] {
  const texts: string[] = [];
  let [text, isText, beside] = ['', false, 0];
  readXml(part, {
    open(element) {
      if (element === 'si') text = '';
      if (element === 'rPh') beside += 1;
      isText = element === 't' && beside === 0;
    },
    close(element) {
      if (element === 'si') texts.push(text);
      if (element === 'rPh') beside -= 1;
      isText = false;
    },
    text(more) {
      if (isText) text += more;
    },
  });
  return texts;
}

/** The number format of each style that a cell may have. */
function cellFormats(part: Uint8Array | undefined): readonly NumberFormat[] {
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  let isOfCells = false;
  readXml(part, {
    open(element, attributes) {
      if (element === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      if (element === 'cellXfs') isOfCells = true;
      if (element !== 'xf' || !isOfCells) return;
      const id = Number(attributes.numFmtId ?? 0);
      const code = codes.get(id);
      formats.push(code === undefined ? builtInFormat(id) : formatOf(code));
    },
    close(element) {
      if (element === 'cellXfs') isOfCells = false;
    },
  });
  return formats;
}
