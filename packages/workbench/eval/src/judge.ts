import { unlessEnded } from './checks.ts';
import type { EvalCase, Outcome } from './eval-case.ts';

/** All that is wrong with what came of a case, a sentence each; none: it passed. */
export function complaintsOf({ checks, ends = { state: 'answered' } }: EvalCase, outcome: Outcome): string[] {
  if (checks.length === 0) return ['it has no check, so it would hold of anything'];
  // A failure says some words, too: whatever they are, it is no answer.
  const ending = unlessEnded(outcome.answers.at(-1), ends);
  const unmet = checks.flatMap(({ name, complaint }) => {
    const wrong = complaint(outcome);
    return wrong === undefined ? [] : [`${name}: ${wrong}`];
  });
  return [...(ending === undefined ? [] : [ending]), ...unmet];
}
