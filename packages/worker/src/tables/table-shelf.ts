import type { Table, TableShelf } from './table.ts';

/** A question may make many, each as large as a file: what is older goes, so that memory ends somewhere. */
const most = { tables: 60, cells: 2_000_000 };

/** Where the tables of one turn lie. References are given in order, so the same files get the same ones with every question of a thread. */
export function createTableShelf(): TableShelf {
  const tables = new Map<string, Table>();
  let [given, cells] = [0, 0];
  return {
    add(table) {
      given += 1;
      const reference = `table-${given}`;
      tables.set(reference, table);
      cells += cellsOf(table);
      for (const [oldest, dropped] of tables) {
        if (oldest === reference || (tables.size <= most.tables && cells <= most.cells)) break;
        tables.delete(oldest);
        cells -= cellsOf(dropped);
      }
      return reference;
    },
    get: (reference) => tables.get(reference),
    get references() {
      return [...tables.keys()];
    },
  };
}

function cellsOf({ columns, rows }: Table): number {
  return columns.length * rows.length;
}
