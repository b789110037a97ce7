import type { ModelEvent } from '../model.ts';
import { tokensOf } from './estimate-tokens.ts';
import type { StopFault } from './runtime-fault.ts';

/** Stops a model at `maxTokens`, in the middle of a tool's JSON if need be. */
export async function* withTokenLimit(events: AsyncIterable<ModelEvent>, maxTokens: number): AsyncGenerator<ModelEvent> {
  let left = maxTokens;
  for await (const event of events) {
    if (event.kind === 'stop') {
      yield event;
      return;
    }
    const text = event.kind === 'tool-use' ? event.input : event.text;
    const cost = tokensOf(text);
    if (cost > left) {
      const rest = text.slice(0, left * 4);
      yield event.kind === 'tool-use' ? { ...event, input: rest } : { ...event, text: rest };
      yield { kind: 'stop', reason: 'max_tokens' };
      return;
    }
    left -= cost;
    yield event;
  }
}

/** Ends a model's answer early: cut in its middle (inside the tool's JSON if it calls one), or replaced by a guardrail's words. */
export async function* withStopReason(events: AsyncIterable<ModelEvent>, { reason, message }: StopFault): AsyncGenerator<ModelEvent> {
  if (reason === 'guardrail_intervened' || reason === 'content_filtered') {
    yield { kind: 'text', text: message ?? 'Sorry, I cannot talk about this.' };
  } else {
    const said: ModelEvent[] = [];
    for await (const event of events) if (event.kind !== 'stop') said.push(event);
    yield* cut(said, reason);
  }
  yield { kind: 'stop', reason };
}

function* cut(said: readonly ModelEvent[], reason: string): Generator<ModelEvent> {
  const call = said.findIndex(({ kind }) => kind === 'tool-use');
  const event = said[call];
  if (event?.kind !== 'tool-use') {
    yield* said.slice(0, Math.ceil(said.length / 2));
    return;
  }
  yield* said.slice(0, call);
  if (reason === 'malformed_tool_use') return;
  yield { ...event, input: event.input.slice(0, Math.floor(event.input.length / 2)) };
}
