import type { Table } from '../../tables/table.ts';
import { gap } from '../../tables/text-cell.ts';
import { mostRead, RefusedFileError } from '../file-reading.ts';
import { type ReadCell, toTable } from './to-table.ts';
import { type TypedColumn, typedColumns } from './typed-column.ts';

/** Texts in rows as a table; the first row of names stands apart. How its numbers are written is said where nothing in them tells. */
export function toTypedTable(
  name: string,
  records: readonly (readonly string[])[],
  usual: 'english' | 'continental' = 'english',
): Table | undefined {
  const width = records.reduce((most, { length }) => Math.max(most, length), 0);
  if (width > mostRead.columns || width * records.length > mostRead.cells) throw new RefusedFileError('output');
  const untyped = toTable(
    name,
    records.map((record) => new Map(record.map((text, place) => [place, cellOf(text)]))),
  );
  if (!untyped) return undefined;
  const columns = typedColumns(
    untyped.columns.map((_, index) => untyped.rows.map((row) => row[index]?.text ?? '')),
    usual,
  );
  return {
    ...untyped,
    columns: untyped.columns.map(({ name: title }, index) => ({ name: title, kind: columns[index]?.kind ?? 'text' })),
    rows: untyped.rows.map((_, row) => columns.map(({ cells }) => cells[row] ?? gap)),
    notes: [...untyped.notes, ...untyped.columns.flatMap(({ name: title }, index) => unsureNote(title, columns[index]))],
  };
}

function unsureNote(title: string, column: TypedColumn | undefined): string[] {
  if (column?.unsure === undefined) return [];
  const read = column.cells.find(({ text }) => text.trim() === column.unsure)?.value;
  return [`nothing in “${title}” tells whether a point or a comma parts thousands: ${column.unsure} is read as ${String(read)}`];
}

/** A first row with numbers in it names nothing. */
function cellOf(text: string): ReadCell {
  const value = text.trim();
  if (value === '') return { ...gap, kind: 'gap' };
  const isNumber = /^[-+−(]?\s?[$€£]?\s?[\d.,'’]*\d[\d.,'’]*\s?[%€$£]?[-)]?$/.test(value);
  return { text: value, value, kind: isNumber ? 'number' : 'text' };
}
