import { meaningOf } from './meaning.ts';

/** `:pray:`, as Slack writes an emoji. */
const emoji = /(?<!\w):[a-z+-][\w+-]*:(?!\w)/g;

/** All words of a text, in order, in small letters, without accents; an emoji is none. Hyphens and underscores part words; camelCase does too. */
export function wordsOf(text: string): string[] {
  const plain = text
    .replace(emoji, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The words that carry meaning; capitals save an abbreviation such as IT or US from being taken for a small word. */
export function salientWordsOf(text: string): string[] {
  const isShouted = !/\p{Ll}/u.test(text);
  const abbreviations = new Set(isShouted ? [] : (text.match(/\b[A-Z]{2,4}\b/g) ?? []).map((word) => word.toLowerCase()));
  return wordsOf(text).filter((word) => abbreviations.has(word) || (!stopWords.has(word) && (word.length > 1 || /\d/.test(word))));
}

export function meaningsOf(text: string): Set<string> {
  return new Set(salientWordsOf(text).map(meaningOf));
}

const words = `a about above after again against ain all also although always am among an and another any anybody anyone anything are aren as ask
at be became because been before being below between both but by came can cannot cant come could couldn d did didn do does doesn doing don done dont
down during each either else ever every everyone explain few find for from further gave get gets give given go goes going gonna got had has hasn have
haven having he hello help her here hers hey hi him his hmm how however i if im in info information instead into is isn it its itself just kindly know
let lets like ll look looking made make makes many may maybe me mean means might mine more most much must my need needed needs never next no nor not now of
ok okay on once one only onto or other our ours out over own per please quick quickly really s same say says see shall she should shouldn show since
so some somebody someone something still such sure t take tell than thank thanks that thats the their theirs them then there these they thing things
this those though through thus to too under until up upon us use used using usually ve very want wanted wants was wasn way we well were weren what whats
when where whether which while who whom whose why will with within without won would wouldn yes yet you your yours
happen happened happens right currently exactly actually anyway long often taken takes detail details elaborate specifics`;

/** Words that say nothing about what a question is about. */
const stopWords: ReadonlySet<string> = new Set(words.split(/\s+/));
