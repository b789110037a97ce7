import { queryTable } from '../../src/tables/query-table.ts';
import type { Table } from '../../src/tables/table.ts';
import { createTableShelf } from '../../src/tables/table-shelf.ts';

/** Tables on a shelf, and what `query_table` says of the first where no other is named. */
export function asking(...tables: readonly Table[]) {
  const shelf = createTableShelf();
  for (const table of tables) shelf.add(table);
  const tool = queryTable(shelf);
  const run = (query: object) => tool.run({ table: 'table-1', ...query }, new AbortController().signal);
  const ask = async (query: object) => (await run(query)).text;
  /** The rows of the result, without what stands before and after them. */
  const lines = async (query: object) => {
    const text = await ask(query);
    return text
      .split('\n')
      .slice(4, -1)
      .map((line) => line.replace(/^\| /, ''));
  };
  return { shelf, run, ask, lines };
}
