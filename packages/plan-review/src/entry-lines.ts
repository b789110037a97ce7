import type { ChangeEntry } from './change-entries.ts';
import { counted, firstOf } from './markdown.ts';
import { labelled } from './resource-words.ts';

/** Entries that say the same of the same type of resource share a line. */
export function entryLines(entries: readonly ChangeEntry[], most: number): string[] {
  const groups = Map.groupBy(entries, ({ noun, about }) => `${noun}\n${about}`);
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const about = first.about === '' ? '' : `: ${first.about}`;
    if (others.length === 0) return [`${labelled(first.noun, first.name)}${first.kind === 'create' ? '' : first.address}${about}`];
    const names = firstOf([...new Set([first, ...others].map(({ name }) => name))], most);
    return [`${counted(others.length + 1, '×', '×')} ${first.noun}${about === '' ? `: ${names}` : ` (${names})${about}`}`];
  });
}
