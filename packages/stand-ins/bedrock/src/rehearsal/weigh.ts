import { meaningOf } from '@vera/stand-in-kit/language/meaning';
import { meaningsOf, salientWordsOf } from '@vera/stand-in-kit/language/words-of';

/** How much of what was asked a text speaks of, between 0 and 1. */
export type Weigh = (text: string) => number;

const contextWeight = 0.35;

/** Words for documents themselves: they count only where a text has them. */
const aboutDocuments = new Set(
  'summary policy policies rule rules process procedure document documents documentation guide overview runbook page handbook company'
    .split(' ')
    .map(meaningOf),
);

/** Rare words of the question weigh more than those every text has; words of earlier turns weigh a third. */
export function weighAgainst(query: string, context: string, texts: readonly string[]): Weigh {
  const meanings = texts.map(meaningsOf);
  const rarity = (word: string) => Math.log(1 + (texts.length + 1) / (1 + meanings.filter((set) => set.has(word)).length));
  const asked = new Map<string, number>();
  for (const word of salientWordsOf(context).map(meaningOf)) asked.set(word, rarity(word) * contextWeight);
  for (const word of salientWordsOf(query).map(meaningOf)) asked.set(word, rarity(word));
  for (const word of aboutDocuments) if (!meanings.some((set) => set.has(word))) asked.delete(word);
  const all = [...asked.values()].reduce((sum, weight) => sum + weight, 0);
  return (text) => {
    const present = meaningsOf(text);
    const met = [...asked].reduce((sum, [word, weight]) => sum + (present.has(word) ? weight : 0), 0);
    return all === 0 ? 0 : met / all;
  };
}
