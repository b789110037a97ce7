import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { Model, ModelEvent } from './model.ts';
import type { ConverseRequest, StopReason } from './runtime/converse-request.ts';

/** What the model says in one call: nothing at all when empty. */
export type ScriptedTurn = string | readonly ScriptedStep[];

export type ScriptedStep =
  /** One delta. */
  | string
  /** The same text in deltas of `pieceLength` characters, with a pause before each. */
  | { readonly say: string; readonly pieceLength: number; readonly pauseMilliseconds?: number }
  | { readonly think: string; readonly signature?: string }
  /** `input` as text goes out as it is, garbage or not; anything else as its JSON. */
  | { readonly call: string; readonly input?: unknown; readonly toolUseId?: string }
  | { readonly pauseMilliseconds: number }
  /** Waits until the promise settles. */
  | { readonly until: Promise<unknown> }
  /** Waits until the client goes away. */
  | { readonly hang: true }
  | { readonly stop: StopReason }
  /** Before anything was said this is the HTTP answer, afterwards an exception in the stream. */
  | { readonly fail: AwsError };

/**
 * A model that follows a script: one turn a call, in order of the calls, or a turn computed from the request (which is also how a tool
 * loop without end is written). Past the end of a list it fails with ModelErrorException.
 */
export function scriptedModel(turns: readonly ScriptedTurn[] | ((request: ConverseRequest) => ScriptedTurn)): Model {
  let calls = 0;
  return async function* (request, signal) {
    calls += 1;
    const turn = typeof turns === 'function' ? turns(request) : turns[calls - 1];
    if (turn === undefined) throw new AwsError(424, 'ModelErrorException', `The script has ${turns.length} turns; this is call ${calls}.`);
    for (const step of typeof turn === 'string' ? [turn] : turn) yield* play(step, signal);
  };
}

async function* play(step: ScriptedStep, signal: AbortSignal): AsyncGenerator<ModelEvent> {
  if (typeof step === 'string') {
    yield { kind: 'text', text: step };
  } else if ('say' in step) {
    for (let from = 0; from < step.say.length; from += step.pieceLength) {
      if (step.pauseMilliseconds) await sleep(step.pauseMilliseconds, undefined, { signal });
      yield { kind: 'text', text: step.say.slice(from, from + step.pieceLength) };
    }
  } else if ('hang' in step) {
    await gone(signal);
  } else if ('until' in step) {
    await Promise.race([step.until, gone(signal)]);
  } else if ('pauseMilliseconds' in step) {
    await sleep(step.pauseMilliseconds, undefined, { signal });
  } else if ('fail' in step) {
    throw step.fail;
  } else {
    yield toEvent(step);
  }
}

function gone(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}

function toEvent(step: Extract<ScriptedStep, { think: string } | { call: string } | { stop: StopReason }>): ModelEvent {
  if ('think' in step) return { kind: 'reasoning', text: step.think, ...(step.signature ? { signature: step.signature } : {}) };
  if ('stop' in step) return { kind: 'stop', reason: step.stop };
  const input = typeof step.input === 'string' ? step.input : JSON.stringify(step.input ?? {});
  return { kind: 'tool-use', name: step.call, input, ...(step.toolUseId ? { toolUseId: step.toolUseId } : {}) };
}
