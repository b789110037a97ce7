import { inOrder } from '../json/in-order.ts';
import type { NeededChange } from '../rights/needed-changes.ts';
import type { PermissionChange } from '../rights/permission-changes.ts';
import { bulleted, count, counted, firstOf, folded, leftOut, type Room, words } from '../words/markdown.ts';
import { labelled } from '../words/resource-words.ts';
import type { ChangeEntry, EntryKind } from './change-entries.ts';
import { isUneventfulKind, type StackReview, verdictOf } from './stack-review.ts';

/** How much of each list is written: less of it when the whole would not fit. */
export type Detail = Room & { readonly names: number; readonly opened: number };

export function stackSection(review: StackReview, detail: Detail): string[] {
  const urgent = review.remarks.filter(({ isUrgent }) => isUrgent);
  const calm = review.remarks.filter(({ isUrgent }) => !isUrgent);
  return [
    `### ${words(review.stack)}: ${verdictOf([review])}`,
    '',
    ...urgent.flatMap(({ title, lines }) => titled(title, lines, detail)),
    ...bulletedWithSpace([...review.images, ...review.runtime], detail),
    ...permissionLinesOf(review.permissions, detail),
    ...neededLinesOf(review.needed, detail),
    ...titles.flatMap(([kind, title]) => entrySection(review.entries, { kind, title, detail })),
    ...calm.flatMap(({ title, lines }) => folded(`${title}: ${count(lines.length)}`, bulleted(lines, detail))),
  ];
}

const titles: readonly (readonly [EntryKind, string])[] = [
  ['replace', 'Replaced'],
  ['destroy', 'Destroyed'],
  ['unfamiliar', 'Not understood'],
  ['update', 'Changed'],
  ['create', 'Added'],
  ['forget', 'Forgotten: no longer managed, stays in AWS'],
  ['again', 'Scripts that run again as the runtime changes, to look at it or to set what they set before'],
  ['quiet', 'Written again without effect (only formatting or computed values differ)'],
];

function titled(title: string, lines: readonly string[], detail: Detail): string[] {
  return lines.length === 0 ? [] : [`**${title}**`, '', ...bulleted(lines, detail), ''];
}

function bulletedWithSpace(lines: readonly string[], detail: Detail): string[] {
  return lines.length === 0 ? [] : [...bulleted(lines, detail), ''];
}

function entrySection(
  entries: readonly ChangeEntry[],
  { kind, title, detail }: { kind: EntryKind; title: string; detail: Detail },
): string[] {
  const own = entries.filter((entry) => entry.kind === kind);
  const lines = entryLines(own, detail.names);
  if (lines.length === 0) return [];
  const isFolded = lines.length > (kind === 'create' ? detail.opened / 4 : detail.opened) || isUneventfulKind(kind);
  return isFolded ? folded(`${title}: ${count(own.length)}`, bulleted(lines, detail)) : titled(title, lines, detail);
}

/** New roles are read once, changed ones looked at closely: those stay open. */
function permissionLinesOf(permissions: readonly PermissionChange[], detail: Detail): string[] {
  const written = (changes: readonly PermissionChange[]) => changes.flatMap((change) => subjectLines(change, detail));
  const changed = written(permissions.filter(({ state }) => state === 'there'));
  const gone = goneLines(
    permissions.filter(({ state }) => state === 'gone'),
    detail,
  );
  const fresh = permissions.filter(({ state }) => state === 'new');
  return [
    ...(changed.length + gone.length === 0 ? [] : ['**Permissions**', '', ...cut([...changed, ...gone], detail), '']),
    ...(fresh.length === 0 ? [] : folded(`Permissions of what is new: ${count(fresh.length)}`, cut(written(fresh), detail))),
  ];
}

function neededLinesOf(needed: readonly NeededChange[], detail: Detail): string[] {
  const lines = needed.flatMap((change) => subjectLines(change, detail));
  return lines.length === 0 ? [] : ['**Roles that somebody else keeps**', '', ...cut(lines, detail), ''];
}

function goneLines(gone: readonly PermissionChange[], { names }: Detail): string[] {
  if (gone.length === 0) return [];
  return [
    `- destroyed, and every right with ${gone.length === 1 ? 'it' : 'them'}: ${firstOf(
      gone.map(({ name }) => name),
      names,
    )}`,
  ];
}

function subjectLines(
  { name, lines }: Pick<PermissionChange, 'name'> & { readonly lines: readonly { readonly text: string }[] },
  detail: Detail,
): string[] {
  return [
    `- **${name}**`,
    ...bulleted(
      lines.map(({ text }) => text),
      detail,
      '  ',
    ),
  ];
}

function cut(lines: readonly string[], { lines: most, rest }: Detail): string[] {
  const left = lines.length - most * 3;
  return left <= 0 ? [...lines] : [...lines.slice(0, most * 3), `- ${leftOut(left, rest)}`];
}

/** Entries that say the same of the same type of resource share a line. */
function entryLines(entries: readonly ChangeEntry[], most: number): string[] {
  const groups = Map.groupBy(entries, ({ noun, about }) => `${noun}\n${about}`);
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const about = first.about === '' ? '' : `: ${first.about}`;
    if (others.length === 0) return [`${labelled(first.noun, first.name)}${first.kind === 'create' ? '' : first.address}${about}`];
    const names = firstOf([...new Set([first, ...others].map(({ name }) => name))].sort(inOrder), most);
    return [`${counted(others.length + 1, '×', '×')} ${first.noun}${about === '' ? `: ${names}` : ` (${names})${about}`}`];
  });
}
