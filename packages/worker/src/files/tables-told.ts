import { plainName } from '../plain-name.ts';
import type { Table, TableShelf } from '../tables/table.ts';
import { tableText } from '../tables/table-text.ts';

/** Rows of each table that are shown; all of them lie on the shelf. */
const shownRows = 20;
/** Of a workbook with many sheets, the first are shown, and the others only named. */
const most = { shown: 6, characters: 6_000 };

/** What the model reads of the tables of a file; each gets its reference. Not yet marked as data. */
export function tablesTold(tables: readonly Table[], shelf: TableShelf): string[] {
  return tables.map((table, index) => {
    const reference = shelf.add(table);
    const rows = index < most.shown ? shownRows : 0;
    return `Table ${reference} for query_table (${plainName(table.name)}), ${tableText(table, rows, most.characters)}`;
  });
}
