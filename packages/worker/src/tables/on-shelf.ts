import { markAsData } from '../mark-as-data.ts';
import { plainName } from '../plain-name.ts';
import { ToolFailure } from '../tools/tool.ts';
import type { Table, TableShelf } from './table.ts';

const mostListed = 30;

/** The table that a model names; rejects with those there are. */
export function onShelf(shelf: TableShelf, reference: string): Table {
  const table = shelf.get(reference.trim());
  if (table) return table;
  const lines = shelf.references.map((known) => `${known}: ${plainName(shelf.get(known)?.name ?? '')}`);
  if (lines.length === 0) throw new ToolFailure('There is no table in this conversation.');
  throw new ToolFailure(
    `There is no table "${plainName(reference)}". There are:\n${markAsData(lines.slice(-mostListed).join('\n'), 'this conversation')}`,
  );
}
