import { RefusedFileError } from '../file-reading.ts';
import { type NumberFormat, numberCell } from './number-format.ts';
import { readXml } from './read-xml.ts';
import type { ReadCell, SparseRows } from './to-table.ts';

/** What the sheets of one file share. */
export interface Workbook {
  readonly texts: readonly string[];
  readonly formats: readonly NumberFormat[];
  readonly isFrom1904: boolean;
  /** Counts a cell before it is kept; rejects when there were too many. */
  readonly spend: (characters: number) => void;
}

interface Found {
  hiddenRows: number;
  hiddenColumns: number;
  hiddenCells: number;
  notComputed: number;
  merged: number;
}

interface OpenCell {
  readonly place: number;
  readonly type: string;
  readonly style: number;
  stored: string;
  hasFormula: boolean;
}

/** The filled cells of a sheet. A row or a column lies where its address says, however far, and nothing lies between. */
export function readSheet(
  part: Uint8Array | undefined,
  workbook: Workbook,
): { readonly rows: SparseRows; readonly notes: readonly string[] } {
  const sheet = new SheetReader(workbook);
  readXml(part, {
    open: (element, attributes) => sheet.open(element, attributes),
    text: (more) => sheet.add(more),
    close: (element) => sheet.close(element),
  });
  return { rows: sheet.rows, notes: notesOf(sheet.found) };
}

class SheetReader {
  readonly rows: Map<number, ReadCell>[] = [];
  readonly found: Found = { hiddenRows: 0, hiddenColumns: 0, hiddenCells: 0, notComputed: 0, merged: 0 };
  private readonly workbook: Workbook;
  private cell: OpenCell | undefined;
  private last = -1;
  private isStored = false;
  private areRowsHidden = false;
  /** How a text is pronounced is none of it. */
  private beside = 0;

  constructor(workbook: Workbook) {
    this.workbook = workbook;
  }

  open(element: string, attributes: Readonly<Record<string, string>>): void {
    const { r, t, s } = attributes;
    this.isStored = element === 'v' || (element === 't' && this.beside === 0);
    switch (element) {
      case 'row':
        this.rows.push(new Map());
        this.last = -1;
        if (isUnseen(attributes) || (this.areRowsHidden && attributes.ht === undefined)) this.found.hiddenRows += 1;
        break;
      case 'col':
        if (isUnseen(attributes)) this.found.hiddenColumns += 1 + Math.max(0, Number(attributes.max) - Number(attributes.min)) || 1;
        break;
      case 'sheetFormatPr':
        this.areRowsHidden = isOn(attributes.zeroHeight);
        break;
      case 'c':
        this.last = placeOf(r) ?? this.last + 1;
        this.cell = { place: this.last, type: t ?? 'n', style: Number(s ?? 0), stored: '', hasFormula: false };
        break;
      case 'f':
        if (this.cell) this.cell.hasFormula = true;
        break;
      case 'mergeCell':
        this.found.merged += 1;
        break;
      case 'rPh':
        this.beside += 1;
        break;
    }
  }

  add(text: string): void {
    if (this.isStored && this.cell) this.cell.stored += text;
  }

  close(element: string): void {
    this.isStored = false;
    if (element === 'rPh') this.beside -= 1;
    if (element !== 'c' || !this.cell) return;
    const read = meantBy(this.cell, this.workbook, this.found);
    if (read) {
      const format = this.workbook.formats[this.cell.style];
      if (format?.kind === 'number' && format.isHidden) this.found.hiddenCells += 1;
      this.workbook.spend(read.text.length);
      this.rows.at(-1)?.set(this.cell.place, read);
    }
    this.cell = undefined;
  }
}

function isOn(flag: string | undefined): boolean {
  return /^(?:1|true|on)$/i.test(flag ?? '');
}

/** What has no height or no width is hidden as well. */
function isUnseen({ hidden, ht, width }: Readonly<Record<string, string>>): boolean {
  return isOn(hidden) || [ht, width].some((size) => size !== undefined && Number(size) === 0);
}

const lastColumn = 16_384;

/** The column of an address such as BC12. */
function placeOf(address: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d+$/i.exec(address ?? '')?.[1]?.toUpperCase();
  if (letters === undefined) return undefined;
  const place = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  if (place > lastColumn) throw new RefusedFileError('damaged');
  return place - 1;
}

/** Undefined for a cell that is only coloured. */
function meantBy(
  { type, style, stored, hasFormula }: OpenCell,
  { texts, formats, isFrom1904 }: Workbook,
  found: Found,
): ReadCell | undefined {
  if (stored === '' && type !== 'inlineStr') {
    if (!hasFormula || type === 'str') return undefined;
    found.notComputed += 1;
    return { text: '(not computed)', value: undefined, kind: 'error' };
  }
  switch (type) {
    case 's':
      return textCell(texts[Number(stored)] ?? '');
    case 'inlineStr':
    case 'str':
      return textCell(stored);
    case 'b':
      return { text: stored === '1' ? 'TRUE' : 'FALSE', value: stored === '1', kind: 'boolean' };
    case 'e':
      return { text: stored, value: undefined, kind: 'error' };
    case 'd':
      return { text: stored.replace('T', ' '), value: stored.replace(/T00:00:00(?:\.0+)?Z?$/, ''), kind: 'date' };
    default:
      return numberCell(stored, formats[style] ?? { kind: 'number' }, isFrom1904);
  }
}

/** Excel writes what XML does not allow as _x000D_. */
function textCell(stored: string): ReadCell | undefined {
  const text = stored.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return text === '' ? undefined : { text, value: text, kind: 'text' };
}

function notesOf({ hiddenRows, hiddenColumns, hiddenCells, notComputed, merged }: Found): string[] {
  return [
    ...(notComputed > 0
      ? [`formulas without a stored value: ${notComputed}; they are shown as (not computed) and take part in no sum`]
      : []),
    ...(hiddenRows > 0 ? [`rows hidden in the file: ${hiddenRows}; they take part`] : []),
    ...(hiddenColumns > 0 ? [`columns hidden in the file: ${hiddenColumns}; they take part`] : []),
    ...(hiddenCells > 0 ? [`cells whose format shows nothing: ${hiddenCells}; they take part`] : []),
    ...(merged > 0 ? [`merged ranges: ${merged}; only the first cell of each holds its value`] : []),
  ];
}
