import type { JudgeText } from './judge-text.ts';
import { maskedKinds, type Policy, policiesWords } from './policy.ts';

/** A text of others as the model may read it. */
export interface GuardedText {
  readonly text: string;
  /** Whether any of it was left out. */
  readonly isCut: boolean;
  readonly notes: readonly GuardNote[];
}

/** What the person is told of it, and what it cost. */
export type GuardNote =
  | { readonly kind: 'left-out'; readonly words: string }
  | { readonly kind: 'masked'; readonly kinds: readonly string[] }
  | { readonly kind: 'judged'; readonly verdict: string; readonly units: number; readonly milliseconds: number };

/** Parts that are judged by themselves once the whole was stopped. */
const mostParts = 12;

/**
 * What tools give and files hold goes in only as far as the guardrail lets it: Converse does not judge it at all. Of a result of several
 * marked texts those are left out that are stopped, else all of it. `of`: what it is, as in “what “Searching” gave”.
 */
export async function guardedText(judge: JudgeText, text: string, of: string, signal: AbortSignal): Promise<GuardedText> {
  const startedAt = performance.now();
  const judged = await judge(text, 'INPUT', signal);
  const note = (verdict: string, units: number): GuardNote => {
    return { kind: 'judged', verdict, units, milliseconds: Math.round(performance.now() - startedAt) };
  };
  switch (judged.kind) {
    case 'passed':
      return { text: judged.text, isCut: false, notes: [note('passed', judged.units), ...maskedNotes(judged.masked)] };
    case 'unjudged': {
      const words = `The content rules of this workspace could not be checked for ${of}`;
      return {
        text: leftOut('it could not be checked'),
        isCut: true,
        notes: [note('unjudged', judged.units), { kind: 'left-out', words }],
      };
    }
    case 'blocked': {
      const rest = await partsThatPass(judge, text, signal);
      const words = `The content rules of this workspace kept back ${rest ? 'a part of ' : ''}${of}, because of ${policiesWords(judged.policies)}`;
      const told = leftOut(`because of ${policiesWords(judged.policies)}`);
      const notes = [
        note('blocked', judged.units + (rest?.units ?? 0)),
        ...maskedNotes(rest?.masked ?? []),
        { kind: 'left-out' as const, words },
      ];
      return { text: rest ? `${told}\n\n${rest.text}` : told, isCut: true, notes };
    }
  }
}

function leftOut(why: string): string {
  return `(Left out by the content rules of this workspace, ${why}. Say so in the answer, and do not look for it in other ways.)`;
}

function maskedNotes(policies: readonly Policy[]): GuardNote[] {
  return policies.length === 0 ? [] : [{ kind: 'masked', kinds: maskedKinds(policies) }];
}

interface Rest {
  readonly text: string;
  readonly masked: readonly Policy[];
  readonly units: number;
}

/** Undefined where there are no parts, or none passes. */
async function partsThatPass(judge: JudgeText, text: string, signal: AbortSignal): Promise<Rest | undefined> {
  const marked = text.split(/(?<=<\/data>)\n\n/);
  const size = Math.ceil(marked.length / mostParts);
  const parts = Array.from({ length: Math.ceil(marked.length / size) }, (_, index) =>
    marked.slice(index * size, (index + 1) * size).join('\n\n'),
  );
  if (parts.length < 2) return undefined;
  const judged = await Promise.all(parts.map((part) => judge(part, 'INPUT', signal)));
  const passed = judged.filter((one) => one.kind === 'passed');
  if (passed.length === 0) return undefined;
  return {
    text: passed.map((one) => one.text).join('\n\n'),
    masked: passed.flatMap((one) => one.masked),
    units: judged.reduce((sum, { units }) => sum + units, 0),
  };
}
