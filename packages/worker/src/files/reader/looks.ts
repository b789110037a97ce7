/** What the look of a text says and its letters do not: 1200 with a raised 1 is no 12001, and what is struck out holds no more. */
export type Look = 'deleted' | 'inserted' | 'hidden' | 'white' | 'struck' | 'raised' | 'lowered';

/** How a stretch of each look stands among the rest, the same in files of all kinds. */
export const brackets: Readonly<Record<Look, readonly [before: string, after: string]>> = {
  deleted: ['[deleted: ', ']'],
  inserted: ['[inserted: ', ']'],
  hidden: ['[hidden: ', ']'],
  white: ['[in white: ', ']'],
  struck: ['[struck: ', ']'],
  raised: ['^(', ')'],
  lowered: ['_(', ')'],
};

/** For those who read a file with such stretches in it. */
export function looksTold(seen: ReadonlyMap<Look, number>): string[] {
  const counted = (look: Look, what: string) => {
    const count = seen.get(look) ?? 0;
    return count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'}`];
  };
  const changes = [...counted('deleted', 'deletion'), ...counted('inserted', 'insertion')];
  return [
    ...(changes.length > 0
      ? [`it holds tracked changes that nobody accepted yet, ${changes.join(' and ')}: they stand as [deleted: …] and [inserted: …]`]
      : []),
    ...(seen.has('hidden') ? ['it holds text that its author hid: it stands as [hidden: …]'] : []),
    ...(seen.has('white') ? ['it holds text in white letters, not seen on white: it stands as [in white: …]'] : []),
    ...(seen.has('struck') ? ['it holds text that is struck out: it stands as [struck: …]'] : []),
  ];
}
