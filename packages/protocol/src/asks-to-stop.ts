import type { Question } from './question.ts';

/** In English and German, as people shout it; nothing that only looks like one of them. */
const stopWord = /^(?:stopp?|halt|cancel)$/i;
/** As it is typed, and as Slack writes it. */
const stopSign = /\u{1F6D1}\uFE0F?|:octagonal_sign:/gu;
/** With all marks and cries; what is longer may be anything, and as long as Slack allows. */
const longest = 100;

/**
 * Whether a message says nothing but that Vera shall stop: the word alone, perhaps with her name, in bold or italics, with a full stop, a comma or a cry
 * behind it, in the marks of any script, or the stop sign beside it or in its place. With a word more it is a question, and so is what is quoted, in code or crossed out, or comes with a file.
 */
export function asksToStop({ text, botUserId, files, quotes = [] }: Pick<Question, 'text' | 'botUserId' | 'files' | 'quotes'>): boolean {
  if (files.length > 0 || quotes.length > 0) return false;
  const spoken = botUserId === '' ? text : text.replace(new RegExp(`<@${botUserId}(?:\\|[^>]*)?>[,:]?`, 'g'), ' ');
  const words = spoken.trim();
  if (words.length > longest) return false;
  const bare = withoutEmphasis(words.replace(stopSign, ' ').trim());
  return stopWord.test(bare) || (bare === '' && words.search(stopSign) >= 0);
}

/** Marks may stand around cries, and cries around marks. */
function withoutEmphasis(text: string): string {
  const bare = text.replace(/[!.,…！。．｡，､、\s]+$/, '');
  const inner = /^([*_])(.+)\1$/s.exec(bare)?.[2]?.trim();
  return inner === undefined ? bare : withoutEmphasis(inner);
}
