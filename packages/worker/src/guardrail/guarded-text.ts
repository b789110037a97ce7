import type { JudgeText } from './judge-text.ts';
import { type JudgedTexts, judgeTexts } from './judge-texts.ts';
import { maskedKinds, policiesWords } from './policy.ts';

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

/**
 * What tools give and files hold goes in only as far as the guardrail lets it: Converse does not judge it at all. Of a result of several
 * marked texts those are left out that are stopped, else all of it. `of`: what it is, as in “what “Searching” gave”.
 */
export async function guardedText(judge: JudgeText, text: string, of: string, signal: AbortSignal): Promise<GuardedText> {
  const startedAt = performance.now();
  const judged = await judgeTexts(judge, text.split(/(?<=<\/data>)\n\n/), signal);
  const kept = judged.texts.filter((part) => part !== undefined);
  const isCut = kept.length < judged.texts.length;
  const why = judged.verdict === 'unjudged' ? 'it could not be checked' : `because of ${policiesWords(judged.policies)}`;
  return {
    text: [...(isCut ? [leftOut(why)] : []), ...kept].join('\n\n'),
    isCut,
    notes: notesOf(judged, kept.length > 0 ? `a part of ${of}` : of, startedAt),
  };
}

/** `of`: what was left out. */
export function notesOf({ verdict, policies, masked, units }: JudgedTexts, of: string, startedAt: number): readonly GuardNote[] {
  const rules = 'The content rules of this workspace';
  const notes: GuardNote[] = [{ kind: 'judged', verdict, units, milliseconds: Math.round(performance.now() - startedAt) }];
  if (masked.length > 0) notes.push({ kind: 'masked', kinds: maskedKinds(masked) });
  if (verdict === 'unjudged') notes.push({ kind: 'left-out', words: `${rules} could not be checked for ${of}` });
  if (verdict === 'blocked') notes.push({ kind: 'left-out', words: `${rules} kept back ${of}, because of ${policiesWords(policies)}` });
  return notes;
}

function leftOut(why: string): string {
  return `(Left out by the content rules of this workspace, ${why}. Say so in the answer, and do not look for it in other ways.)`;
}
