import type { ClassifyRules } from '../src/author-problem.ts';
import { classify } from '../src/classify.ts';
import type { Question } from '../src/question.ts';
import type { Verdict } from '../src/verdict.ts';
import { envelopeOf } from './envelope-of.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The verdict on a JSON body. */
export function verdictOn(body: unknown, rules: ClassifyRules = { allowedBotIds: [] }): Verdict {
  return classify(new TextEncoder().encode(JSON.stringify(body)), 'application/json', rules);
}

/** The verdict on an inner event in an ordinary envelope. */
export function verdictOnEvent(event: Fields, envelope: Fields = {}, rules?: ClassifyRules): Verdict {
  return verdictOn(envelopeOf(event, envelope), rules);
}

/** The question an inner event is; throws when it is none. */
export function questionIn(event: Fields, envelope: Fields = {}, rules?: ClassifyRules): Question {
  const verdict = verdictOnEvent(event, envelope, rules);
  if (verdict.kind === 'question') return verdict.question;
  throw new Error(`Not a question: ${JSON.stringify(verdict)}`);
}
