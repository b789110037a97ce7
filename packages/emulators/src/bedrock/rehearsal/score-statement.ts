import type { Statement } from './statements-of.ts';
import type { Weigh } from './weigh.ts';

/** How well a statement answers a question; what the title above it says counts half. */
export type ScoreStatement = (statement: Statement, title: string) => number;

interface Expectation {
  readonly question: RegExp;
  readonly answer: RegExp;
  readonly boost: number;
}

/** A question for a person, a price, a time or a number is better met by a statement that holds one. The first that applies counts. */
const expectations: readonly Expectation[] = [
  {
    question: /\bwho(?:m|se)?\b/i,
    answer: /@|#\w|\+\d|\b\p{Lu}\p{L}+ \p{Lu}\p{L}+|\b(?:team|lead|manager|engineer|owner|on-call)\b/u,
    boost: 1.25,
  },
  { question: /\bhow much\b/i, answer: /\d[\d.,]*\s?(?:%|€|\$|£|EUR|USD|GBP|CHF)|[€$£]\s?\d/, boost: 1.4 },
  {
    question: /\bhow (?:long|soon|fast)\b/i,
    answer: /\b(?:\d+|an?|one|two|three|four|five)\s(?:working\s)?(?:second|minute|hour|day|week|month|year)/i,
    boost: 1.4,
  },
  {
    question: /\bwhen\b|\bwhat (?:time|day)\b/i,
    answer: /\b\d{1,2}:\d\d\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:daily|weekly|monthly)\b/i,
    boost: 1.4,
  },
  { question: /\bhow (?:many|often|big|far)\b/i, answer: /\d|\b(?:daily|weekly|monthly|every|one|two|three|four|five|ten)\b/i, boost: 1.3 },
];
const asksHowTo =
  /\b(?:how (?:do|can|to|should|does)|steps?|commands?|procedure|what (?:now|next|to do|should)|broken|stuck|keeps?|fails?)\b/i;
const saysWhatItIs = /^(?:use this|this (?:page|document|runbook|section|guide))\b/i;

export function scorerFor(question: string, weigh: Weigh): ScoreStatement {
  return ({ text, kind }, title) => {
    const own = weigh(text);
    const isFragment = kind === 'paragraph' && (text.length < 25 || saysWhatItIs.test(text));
    return ((own + weigh(`${title} ${text}`)) / 2) * fitOf(question, text, kind) * (isFragment ? 0.5 : 1);
  };
}

function fitOf(question: string, text: string, kind: Statement['kind']): number {
  const expected = expectations.find((expectation) => expectation.question.test(question));
  if (expected) return expected.answer.test(text) ? expected.boost : 1;
  return asksHowTo.test(question) && (kind === 'list' || kind === 'code') ? 1.15 : 1;
}

/** Whether a question asks for a procedure rather than a fact. */
export function isHowTo(question: string): boolean {
  return asksHowTo.test(question) && !expectations.some((expectation) => expectation.question.test(question));
}
