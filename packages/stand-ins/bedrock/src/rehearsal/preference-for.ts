import { meaningsOf } from '@vera/stand-in-kit/language/words-of';
import { isHowTo } from './score-statement.ts';
import type { Source } from './sources.ts';
import type { Weigh } from './weigh.ts';

/** Numbered steps suit a procedure best, then code. */
const procedures: readonly (readonly [RegExp, number])[] = [
  [/^\s*1[.)] [\s\S]*?^\s*2[.)] /m, 0.6],
  [/^\s*(?:```|~~~)/m, 0.45],
  [/^/, 0.1],
];
const beginnings = /(?:^|› )(?:summary|overview|in short|at a glance|what happened|introduction)(?:\s*\(.*\))?$/i;
const guides = /\b(?:runbook|playbook|how[- ]to|guide|steps|procedure|first (?:\w+ )?(?:minutes|steps))\b/i;
const asides = /\b(?:before you start|prerequisites|causes|done when|related|timeline|who decides|practice)\b/i;
const amounts = /(?:^|› )(?:how (?:many|much)|amounts?|allowances?)\b/i;
/** Wants to be told about something as a whole. */
export const asksForOverview = /\bwhat (?:happened|is|are|was|were)\b|\bwhat['’]s\b|\btell me about\b|\bstatus of\b/i;

/** How much better a passage suits the kind of question: steps for "how do I …?", a summary for "what happened in …?". */
export function preferenceFor(question: string, { title, text }: Source, weigh: Weigh): number {
  const named = weigh(title);
  if (isHowTo(question))
    return (
      named * (asides.test(title) ? 0.4 : 1) * ((guides.test(title) ? 0.4 : 0) + (procedures.find(([form]) => form.test(text))?.[1] ?? 0))
    );
  if (isNamed(question, title) && !asides.test(title)) return 0.6;
  if (/\bhow (?:many|much)\b/i.test(question) && amounts.test(title)) return named * 0.5;
  return asksForOverview.test(question) && beginnings.test(title) ? named * 0.7 : named * 0.2;
}

/** Whether a question says the heading of a section: "the escalation", "the table of service levels". */
function isNamed(question: string, title: string): boolean {
  const heading = [...meaningsOf(title.split(' › ')[1] ?? '')];
  const asked = meaningsOf(question);
  return heading.length > 0 && heading.every((word) => asked.has(word));
}
