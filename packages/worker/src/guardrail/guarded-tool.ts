import { isObject } from '../is-object.ts';
import type { Tool, ToolOutput } from '../tools/tool.ts';
import { guardedInput } from './guarded-input.ts';
import { type GuardNote, guardedText } from './guarded-text.ts';
import type { JudgeText } from './judge-text.ts';
import { maskedKinds, policiesWords } from './policy.ts';

export type OnNote = (note: GuardNote) => void;

/** The tool behind the guardrail: what it gives is judged before the model reads it, and what leaves with it before it is called. */
export function guardedTool(tool: Tool, judge: JudgeText, onNote: OnNote): Tool {
  return {
    ...tool,
    async run(input, signal, say) {
      const called = tool.behind?.(input) ?? tool;
      const given = called.isSending ? await checkedInput(judge, input, { signal, onNote }) : { input };
      if ('refusal' in given) return { text: given.refusal, isError: true };
      const inner = called === tool ? given.input : innerOf(given.input);
      const kept = await keptBack(called, { judge, input: inner, signal, onNote });
      if (kept !== undefined) return { text: kept, isError: true };
      const details = called.isSending ? called.details?.(inner) : undefined;
      if (details !== undefined) say?.(details, 'details');
      const output = await tool.run(given.input, signal, say);
      return called.saysOwnWords || output.isOwnWords ? output : guardedOutput(judge, output, { title: called.title, signal, onNote });
    },
  };
}

interface Guarding {
  readonly signal: AbortSignal;
  readonly onNote: OnNote;
}

function innerOf(input: unknown): unknown {
  return isObject(input) ? input.input : undefined;
}

/** Why what leaves beside the input may not: nothing of a file or a picture can be masked at its place. */
async function keptBack(called: Tool, { judge, input, ...guarding }: Guarding & { readonly judge: JudgeText; readonly input: unknown }) {
  const sent = called.sends?.(input);
  if (sent === undefined) return undefined;
  const checked = await checkedInput(judge, sent, guarding);
  if ('refusal' in checked) return checked.refusal;
  if (checked.masked.length === 0) return undefined;
  return `Not done: the content rules of this workspace mask values in these rows, because of ${policiesWords(checked.masked)}. Leave those columns out.`;
}

async function checkedInput(judge: JudgeText, input: unknown, { signal, onNote }: Guarding) {
  const startedAt = performance.now();
  const checked = await guardedInput(judge, input, signal);
  const verdict = 'refusal' in checked ? 'refused' : 'passed';
  onNote({ kind: 'judged', verdict, units: checked.units, milliseconds: Math.round(performance.now() - startedAt) });
  if (!('refusal' in checked) && checked.masked.length > 0) onNote({ kind: 'masked', kinds: maskedKinds(checked.masked) });
  return checked;
}

/** The output of a call that was made, be it now or in an earlier turn. */
export async function guardedOutput(
  judge: JudgeText,
  output: ToolOutput,
  { title, signal, onNote }: Guarding & { readonly title: string },
): Promise<ToolOutput> {
  const { text, isCut, notes } = await guardedText(judge, output.text, `what “${title}” gave`, signal);
  for (const note of notes) onNote(note);
  if (!isCut) return { ...output, text };
  // What it found may be named by the very words.
  const { found: _, ...rest } = output;
  return { ...rest, text, told: 'kept back by the content rules' };
}
