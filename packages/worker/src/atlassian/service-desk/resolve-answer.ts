import * as z from 'zod';
import { ToolFailure } from '../../tools/tool.ts';
import { listed, pickNamed } from '../pick-named.ts';
import type { Choice, Question } from './question.ts';

export const answerInput = z.union([z.string().max(30_000), z.number(), z.array(z.string().max(500)).max(50)]);
export type Answer = z.output<typeof answerInput>;

/** An answer as Jira takes it, and the words of the card. */
export interface ResolvedAnswer {
  readonly value: unknown;
  readonly words: string;
}

/** An answer that needs no further look-up: by labels → by ids. Texts and people are for others to resolve. */
export function resolveAnswer(question: Question, answer: Answer): ResolvedAnswer {
  const { label, kind } = question;
  const text = Array.isArray(answer) ? answer.join(' > ') : String(answer).trim();
  switch (kind) {
    case 'line':
      if (/[\r\n]/.test(text)) throw wrong(label, 'takes one line');
      return { value: text, words: text };
    case 'number':
      if (text === '' || !Number.isFinite(Number(text))) throw wrong(label, 'takes a number');
      return { value: Number(text), words: text };
    case 'date':
      if (!z.iso.date().safeParse(text).success) throw wrong(label, 'takes a day as 2026-01-31');
      return { value: text, words: text };
    case 'datetime':
      if (!z.iso.datetime({ offset: true }).safeParse(text).success) throw wrong(label, 'takes a time as 2026-01-31T14:30:00+01:00');
      return { value: jiraTime(text), words: text };
    case 'labels':
      return labelsOf(label, manyOf(answer));
    case 'choice':
      return single(question, text);
    case 'choices': {
      const chosen = manyOf(answer).map((wanted) => single(question, wanted));
      return { value: chosen.map(({ value }) => value), words: chosen.map(({ words }) => words).join(', ') };
    }
    case 'nested':
      return nested(question, Array.isArray(answer) ? answer : text.split('>').map((part) => part.trim()));
    default:
      throw wrong(label, 'cannot be answered here: the person has to do it on the portal');
  }
}

function wrong(label: string, why: string): ToolFailure {
  return new ToolFailure(`"${label}" ${why}.`);
}

/** Jira wants milliseconds and a zone without a colon. */
function jiraTime(text: string): string {
  return new Date(text).toISOString().replace('Z', '+0000');
}

function manyOf(answer: Answer): string[] {
  const given = Array.isArray(answer) ? answer : String(answer).split(',');
  return given.map((part) => part.trim()).filter((part) => part !== '');
}

function labelsOf(label: string, labels: readonly string[]): ResolvedAnswer {
  if (labels.some((one) => /\s/.test(one))) throw wrong(label, 'takes words without blanks');
  return { value: labels, words: labels.join(', ') };
}

function single({ label, choices }: Question, wanted: string): ResolvedAnswer {
  const { id, label: words } = pickNamed(choices, { what: `choice for "${label}"`, wanted, nameOf: (choice) => choice.label });
  return { value: { id }, words };
}

/** `Laptop > ThinkPad`: a second choice, of those that the first leads to. */
function nested({ label, choices }: Question, [first = '', second, ...rest]: readonly string[]): ResolvedAnswer {
  if (rest.length > 0) throw wrong(label, 'takes two choices at most, as in "Laptop > ThinkPad"');
  const above = pickNamed(choices, { what: `choice for "${label}"`, wanted: first, nameOf: (choice) => choice.label });
  if (second === undefined) {
    if (above.children.length > 0)
      throw wrong(label, `also asks which ${above.label}: answer as "${above.label} > …". ${listed(names(above.children))}`);
    return { value: { id: above.id }, words: above.label };
  }
  const what = `choice for "${label}" below ${above.label}`;
  const below = pickNamed(above.children, { what, wanted: second, nameOf: (choice) => choice.label });
  return { value: { id: above.id, child: { id: below.id } }, words: `${above.label} > ${below.label}` };
}

function names(choices: readonly Choice[]): string[] {
  return choices.map((choice) => choice.label);
}
