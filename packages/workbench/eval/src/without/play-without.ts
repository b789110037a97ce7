import type { EvalCase, ObeyingCase } from '../eval-case.ts';
import { complaintsOf } from '../judge.ts';
import { withoutVolatile } from '../recording/volatile.ts';
import { runCase } from '../run-case.ts';
import { type ObeyingModel, obeyingModel } from './obeying-model.ts';
import type { Sentence } from './sentences.ts';

/** What becomes of a case whose model does not know a sentence: by what it fails, or that it passes all the same. */
interface Removed extends Sentence {
  readonly complaint: string | undefined;
}

/** What one case had to say of sentences. */
export interface WithoutReport {
  readonly told: readonly Sentence[];
  readonly removed: readonly Removed[];
}

/** Plays a case with a model that obeys, then once for each sentence that it went by, without that one. Rejects where the first fails. */
export async function playWithout(one: ObeyingCase): Promise<WithoutReport> {
  const whole = obeyingModel(one.obeys);
  const complaint = await complaintOf(one, whole);
  if (complaint !== undefined) throw new Error(`It fails with all sentences there: ${complaint}`);
  const removed: Removed[] = [];
  for (const sentence of whole.consulted.values()) {
    removed.push({ ...sentence, complaint: await complaintOf(one, obeyingModel(one.obeys, sentence.text)) });
  }
  return { told: [...whole.told.values()], removed };
}

async function complaintOf(one: EvalCase, { model }: ObeyingModel): Promise<string | undefined> {
  const complaints = await runCase(one, model, (outcome) => complaintsOf(one, outcome)).catch((error: Error) => [error.message]);
  const [first] = complaints;
  return first === undefined ? undefined : withoutVolatile(first);
}
