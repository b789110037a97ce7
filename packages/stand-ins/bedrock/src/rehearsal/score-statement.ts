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
  { question: /\bhow much\b/i, answer: /\d[\d.,]*\s?(?:%|days?\b|weeks?\b|hours?\b|€|\$|£|EUR|USD|GBP|CHF)|[€$£]\s?\d/, boost: 1.4 },
  {
    question: /\bhow (?:long|soon|fast|much time)\b|\b(?:within|by|until) (?:what|which|when)\b|\bdeadline\b/i,
    answer: /\b(?:\d+|one|two|three|four|five)\s(?:working\s)?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|s|min|h)\b/i,
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
  /\b(?:how (?:do|can|to|should|does)|steps?|commands?|procedure|what (?:now|next|to do|should|(?:do|can|must) (?:i|we) do)|broken|stuck|keeps?|fails?|(?:does|did|do)(?:n['’]t| not) (?:help|work))\b/i;
const saysWhatItIs = /^(?:use this|this (?:page|document|runbook|section|guide))\b/i;

const definition =
  /^\W*(?:and |so )?(?:what(?:['’]s| is| are)|what do(?:es)?|define|meaning of)\s+(?:an? |the )?(?<term>[\p{L}\d-]+(?: [\p{L}\d-]+)?)(?:\s+(?:mean|stand for)s?)?\W*$/iu;

/** What begins with the term that is asked for, as a glossary's row or `MSK is …` does. */
function definerFor(question: string): (text: string) => boolean {
  const term = definition.exec(question)?.groups?.term?.replace(/ (?:mean|stand)s?$/, '');
  if (!term) return () => false;
  const begins = new RegExp(`^[*_\`]*${term}s?[*_\`]*(?:\\s*[:(,]|\\s+(?:is|are|means|stands for)\\b)`, 'iu');
  return (text) => begins.test(text);
}

export function scorerFor(question: string, weigh: Weigh): ScoreStatement {
  const defines = definerFor(question);
  return ({ text, kind }, title) => {
    const own = weigh(text);
    const isFragment = kind === 'paragraph' && (text.length < 25 || saysWhatItIs.test(text));
    return ((own + weigh(`${title} ${text}`)) / 2) * fitOf(question, text, kind) * (isFragment ? 0.5 : 1) * (defines(text) ? 1.8 : 1);
  };
}

function fitOf(question: string, text: string, kind: Statement['kind']): number {
  if (isHowTo(question)) return kind === 'list' || kind === 'code' ? 1.15 : 1;
  const expected = expectations.find((expectation) => expectation.question.test(question));
  return expected?.answer.test(text) ? expected.boost : 1;
}

/** Whether a question asks for a procedure, before or rather than for a fact. */
export function isHowTo(question: string): boolean {
  const at = question.search(asksHowTo);
  return at >= 0 && !expectations.some((expectation) => expectation.question.test(question.slice(0, at + 'how much'.length)));
}
