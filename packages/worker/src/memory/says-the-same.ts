import { sentencesOf } from './sentences-of.ts';
import { isLongNumber, saidWords, tellingWords } from './telling-words.ts';

/** Whether a text surely says nothing but what this one does: what is deleted without asking. */
export function saysTheSame(one: string, other: string): boolean {
  const [mine, theirs] = [sentencesOf(one), sentencesOf(other)];
  return theirs.length > 0 && theirs.every((sentence) => mine.some((said) => isTheSame(said, sentence)));
}

/** Word for word; or of the same telephone, account or sum, where one sentence says all that the other does. */
function isTheSame(one: string, other: string): boolean {
  const [mine, theirs] = [saidWords(one), saidWords(other)];
  if (mine.length > 0 && mine.join(' ') === theirs.join(' ')) return true;
  const [words, others] = [[...tellingWords(one)], [...tellingWords(other)]];
  const numbers = [words, others].map((all) => all.filter(isLongNumber).toSorted().join(' '));
  return (
    numbers[0] !== '' &&
    numbers[0] === numbers[1] &&
    (words.every((word) => others.includes(word)) || others.every((word) => words.includes(word)))
  );
}
