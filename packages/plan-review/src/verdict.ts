import type { EntryKind } from './change-entries.ts';
import { counted, enumerated } from './markdown.ts';
import type { StackReview } from './stack-review.ts';

/** The whole of one plan or of all in a line: "2 to add, 1 to change". */
export function verdictOf(reviews: readonly StackReview[]): string {
  const entries = reviews.flatMap((review) => review.entries);
  const parts = kinds.flatMap(([kind, words]) => {
    const number = entries.filter((entry) => entry.kind === kind).length;
    return number === 0 ? [] : [words(number)];
  });
  if (parts.length > 0) return enumerated(parts);
  const titles = [...new Set(reviews.flatMap(({ remarks }) => remarks.map(({ title }) => title)))];
  return titles.length === 0 ? 'nothing changes' : 'no resource changes';
}

const kinds: readonly (readonly [EntryKind, (number: number) => string])[] = [
  ['create', (number) => `${number} to add`],
  ['update', (number) => `${number} to change`],
  ['replace', (number) => `${number} to replace`],
  ['destroy', (number) => `${number} to destroy`],
  ['forget', (number) => `${number} to forget`],
  ['image', (number) => `${counted(number, 'image')} to build`],
  ['unfamiliar', (number) => `${number} that this review does not understand`],
];

export function isUneventful({ entries, remarks, permissions, images }: StackReview): boolean {
  return entries.every(({ kind }) => kind === 'quiet') && remarks.length === 0 && permissions.length === 0 && images.length === 0;
}
