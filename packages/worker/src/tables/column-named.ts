import { shorten, textLimits } from '@vera/protocol/shorten';
import { markAsData } from '../mark-as-data.ts';
import { plainName } from '../plain-name.ts';
import { ToolFailure } from '../tools/tool.ts';
import type { Column, Table } from './table.ts';

/** The place of a column by its name. Rejected with the names there are, so that the request can be mended. */
export function columnNamed(table: Table, name: string): number {
  const exact = table.columns.findIndex((column) => column.name === name);
  if (exact !== -1) return exact;
  const alike = table.columns.flatMap((column, index) => (isSameName(column.name, name) ? [index] : []));
  if (alike.length === 1) return alike[0] ?? 0;
  const why = alike.length > 1 ? 'is the name of several columns' : 'is not a column';
  throw new ToolFailure(`"${plainName(name)}" ${why} of this table. Its columns:\n${columnsTold(table)}`);
}

/** However its letters and blanks are written. */
export function isSameName(one: string, other: string): boolean {
  return simple(one) === simple(other);
}

function simple(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, ' ');
}

const mostColumns = 60;

/** Names are whoever's wrote the file, so they stand as data. */
export function columnsTold(table: Table, among: readonly Column[] = table.columns): string {
  const listed = among.slice(0, mostColumns).map(({ name, kind }) => `${shorten(name, textLimits.listedName)} (${kind})`);
  const more = among.length > mostColumns ? [`… ${among.length - mostColumns} more`] : [];
  return markAsData([...listed, ...more].join('\n'), table.name);
}
