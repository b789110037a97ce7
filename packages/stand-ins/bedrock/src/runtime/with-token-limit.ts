import type { ModelEvent } from '../model.ts';
import { tokensOf } from './estimate-tokens.ts';

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
