import type { Model } from '@vera/bedrock-stand-in/model';
import { dollarsOf } from './dollars-of.ts';
import type { EvalCase, Outcome } from './eval-case.ts';
import { complaintsOf } from './judge.ts';
import { liveModel } from './live-model.ts';
import type { CaseReport, EvalOptions } from './options.ts';
import { recordModel } from './recording/record-model.ts';
import { type Recording, readRecordings, writeRecordings } from './recording/recording.ts';
import { type Difference, replayModel } from './recording/replay-model.ts';
import type { RequestPart } from './recording/request-parts.ts';
import { toldIn } from './recording/told.ts';
import { runCase } from './run-case.ts';
import { obeyingModel } from './without/obeying-model.ts';

const usuallyRelevant: readonly RequestPart[] = ['asked', 'called'];

/** A case has failed; the message says all that is wrong. */
class CaseFailure extends Error {
  readonly code = 'case-failed';
}

/** Plays a case with what is recorded for it in `file`, or records it anew. Rejects when it fails. */
export async function playRecorded(one: EvalCase, file: string, options: EvalOptions): Promise<CaseReport> {
  const began = performance.now();
  const { mode, isStrict } = options;
  const { complaints, differences, ...facts } = mode === 'record' ? await recorded(one, file, options) : await replayed(one, file, mode);
  const wrong = [
    ...complaints,
    ...(isStrict ? differences.map(({ part, before, now }) => `${part} is not as recorded: ${before} → ${now}`) : []),
  ];
  if (wrong.length > 0) throw new CaseFailure(wrong.join('\n'));
  return { ...facts, differences, milliseconds: performance.now() - began };
}

interface Played extends Pick<CaseReport, 'modelCalls' | 'tokens' | 'dollars' | 'told'> {
  readonly complaints: readonly string[];
  readonly differences: readonly Difference[];
}

async function replayed(one: EvalCase, file: string, mode: EvalOptions['mode']): Promise<Played> {
  // Its author wrote what the model says already: as what it does of what it reads.
  if (mode === 'update' && one.obeys) return recordedBy(one, file, { by: 'hand', model: obeyingModel(one.obeys).model });
  const recording = readRecordings(file)[one.name];
  const { relevant = usuallyRelevant } = one;
  const replay = replayModel(recording ?? {}, { relevant, isUpdating: mode === 'update' });
  return runCase(one, replay.model, (outcome) => {
    if (mode === 'update' && recording) keep(one, file, { ...recording, exchanges: replay.exchanges() });
    const complaints = replay.missing.length > 0 ? replay.missing : complaintsOf(one, outcome);
    return { complaints, differences: replay.differences, ...costOf(outcome) };
  });
}

async function recorded(one: EvalCase, file: string, { live }: EvalOptions): Promise<Played> {
  if (!live) throw new CaseFailure('Nothing is recorded without a model.');
  return recordedBy(one, file, { by: live.kind === 'bedrock' ? live.modelId : live.model, model: liveModel(live) });
}

interface Speaker {
  readonly by: string;
  readonly model: Model;
}

async function recordedBy(one: EvalCase, file: string, { by, model }: Speaker): Promise<Played> {
  const { relevant = usuallyRelevant } = one;
  const recording = recordModel(model, relevant);
  return runCase(one, recording.model, (outcome) => {
    keep(one, file, { by, exchanges: recording.exchanges() });
    return { complaints: complaintsOf(one, outcome), differences: [], ...costOf(outcome) };
  });
}

function keep({ name }: EvalCase, file: string, recording: Recording): void {
  writeRecordings(file, { ...readRecordings(file), [name]: recording });
}

function costOf({ requests, usage }: Outcome): Pick<CaseReport, 'modelCalls' | 'tokens' | 'dollars' | 'told'> {
  return {
    told: toldIn(requests),
    modelCalls: requests.length,
    tokens: usage.input + usage.output + usage.cacheRead + usage.cacheWrite,
    dollars: requests[0] ? dollarsOf(requests[0].modelId, usage) : 0,
  };
}
