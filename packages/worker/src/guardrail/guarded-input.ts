import { isObject } from '../is-object.ts';
import type { JudgeText } from './judge-text.ts';
import { between } from './judge-texts.ts';
import { type Policy, policiesWords } from './policy.ts';

/** What a tool is given that leaves with it: as it may leave, or why it may not. */
export type GuardedInput =
  | { readonly input: unknown; readonly masked: readonly Policy[]; readonly units: number }
  | { readonly refusal: string; readonly units: number };

/** Judges everything that arguments say, as what the model says is judged, and masks it at its place. */
export async function guardedInput(judge: JudgeText, input: unknown, signal: AbortSignal): Promise<GuardedInput> {
  const said = [...saidIn(input)];
  const judged = await judge(said.map(({ text }) => text).join(between), 'OUTPUT', signal);
  const { units } = judged;
  if (judged.kind === 'blocked') {
    return { refusal: `Not done: the content rules of this workspace forbid it, because of ${policiesWords(judged.policies)}.`, units };
  }
  if (judged.kind === 'unjudged') {
    return { refusal: 'Not done: it could not be checked against the content rules of this workspace. Say so in the answer.', units };
  }
  if (judged.masked.length === 0) return { input, masked: [], units };
  const parts = judged.text.split(between);
  const isInPlace = parts.length === said.length && said.every(({ text, isFixed }, index) => !isFixed || text === parts[index]);
  if (!isInPlace) {
    const words = `Not done: the content rules of this workspace mask a value in it, because of ${policiesWords(judged.masked)}. Leave it out.`;
    return { refusal: words, units };
  }
  return { input: withTexts(input, parts[Symbol.iterator]()), masked: judged.masked, units };
}

interface Said {
  readonly text: string;
  /** A number or the name of a field: nothing else can stand there. */
  readonly isFixed: boolean;
}

/** Texts, numbers and names of fields, in order. */
function* saidIn(value: unknown): Generator<Said> {
  if (typeof value === 'string' || typeof value === 'number') yield { text: String(value), isFixed: typeof value === 'number' };
  else if (Array.isArray(value)) for (const one of value) yield* saidIn(one);
  else if (isObject(value)) {
    for (const [name, one] of Object.entries(value)) {
      yield { text: name, isFixed: true };
      yield* saidIn(one);
    }
  }
}

/** The same value with these in place of its texts. */
function withTexts(value: unknown, texts: Iterator<string>): unknown {
  if (typeof value === 'string' || typeof value === 'number') {
    const { value: text } = texts.next();
    return typeof value === 'string' ? text : value;
  }
  if (Array.isArray(value)) return value.map((one) => withTexts(one, texts));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      texts.next();
      return [name, withTexts(one, texts)];
    }),
  );
}
