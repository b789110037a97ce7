import type { Statement } from './statements-of.ts';
import type { Weigh } from './weigh.ts';

/** How well a statement answers a question; what the title above it says counts half. */
export type ScoreStatement = (statement: Statement, title: string) => number;

const asksWho = /\bwho(?:m|se)?\b/i;
const namesSomebody = /@|#\w|\+\d|\b\p{Lu}\p{L}+ \p{Lu}\p{L}+|\b(?:team|lead|manager|engineer|owner|on-call)\b/u;
const asksHowMuch = /\b(?:when|how (?:long|often|many|much|soon|fast|big|far))\b/i;
const namesAmount = /\d|\b(?:daily|weekly|monthly|every|one|two|three|four|five|ten)\b/i;
const asksHowTo = /\b(?:how (?:do|can|to|should|does)|steps?|commands?|procedure)\b/i;

export function scorerFor(question: string, weigh: Weigh): ScoreStatement {
  return ({ text, kind }, title) => {
    const own = weigh(text);
    const isFragment = kind === 'paragraph' && text.length < 25;
    return ((own + weigh(`${title} ${text}`)) / 2) * fitOf(question, text, kind) * (isFragment ? 0.5 : 1);
  };
}

/** A question for a person, a number or a procedure is better met by a statement that holds one. */
function fitOf(question: string, text: string, kind: Statement['kind']): number {
  if (asksWho.test(question)) return namesSomebody.test(text) ? 1.25 : 1;
  if (asksHowMuch.test(question)) return namesAmount.test(text) ? 1.3 : 1;
  if (asksHowTo.test(question)) return kind === 'list' || kind === 'code' ? 1.15 : 1;
  return 1;
}

export function isHowTo(question: string): boolean {
  return asksHowTo.test(question) && !asksWho.test(question) && !asksHowMuch.test(question);
}
