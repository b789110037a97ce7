import type { Cell, Column, Table } from '../../src/tables/table.ts';

/** A table of plain values: numbers and booleans mean what they are, `null` is a gap, `#…` an error; a column is called `name:kind`. */
export function madeTable(
  columns: readonly string[],
  rows: readonly (readonly (string | number | boolean | null)[])[],
  name = 'costs.csv',
): Table {
  return {
    name,
    columns: columns.map((column): Column => {
      const [title = '', kind = 'text'] = column.split(':');
      return { name: title, kind: kind as Column['kind'] };
    }),
    rows: rows.map((row) => row.map(cellOf)),
    notes: [],
  };
}

function cellOf(value: string | number | boolean | null): Cell {
  if (value === null) return { text: '', value: undefined };
  return { text: String(value), value: typeof value === 'string' && value.startsWith('#') ? undefined : value };
}
