import { sentencesOf } from './sentences-of.ts';
import { denial, isLongNumber, saidWords, tellingWords } from './telling-words.ts';

/** Whether a text surely says nothing but what this one does: what is deleted without asking. */
export function saysTheSame(one: string, other: string): boolean {
  const [mine, theirs] = [sentencesOf(one), sentencesOf(other)];
  return theirs.length > 0 && theirs.every((sentence) => mine.some((said) => isTheSame(said, sentence)));
}

/** Word for word; or of the same telephone, account or card, where one sentence says all that the other does, and the other hardly more. */
function isTheSame(one: string, other: string): boolean {
  const [mine, theirs] = [saidWords(one), saidWords(other)];
  if (mine.length > 0 && mine.join(' ') === theirs.join(' ')) return true;
  if (!identifying.test(one) || !identifying.test(other)) return false;
  const [fewer, more] = [tellingWords(one), tellingWords(other)].toSorted((a, b) => a.size - b.size).map((words) => [...words]) as [
    string[],
    string[],
  ];
  const others = more.filter((word) => !fewer.includes(word));
  return more.length - others.length === fewer.length && others.length < 2 && !others.some((word) => word === denial || isLongNumber(word));
}

/** Written as no sum is: a sum may be owed by one or the other, such a number belongs to what it names. */
const identifying = /(?<![\d.,])[+0]\d?[\d ()/-]{4,}|\d[-/]\d{3}|\d{4} \d{4}|\p{L}\d{2} ?\d{4}|(?<![\d.,])\d{9}/u;
