import { setTimeout as sleep } from 'node:timers/promises';
import type { Model, ModelEvent } from './model.ts';
import { rehearse } from './rehearsal/rehearse.ts';

/**
 * A model for a laptop without any: deterministic, no network. It plays the demo's stories; for anything else it searches and quotes. 0 tokens a second means without delay.
 */
export function rehearsalModel({ tokensPerSecond = 60 }: { readonly tokensPerSecond?: number } = {}): Model {
  return async function* (request, signal) {
    const { calls, text } = rehearse(request);
    yield* spoken(text, tokensPerSecond, signal);
    for (const { name, input } of calls) {
      const written = JSON.stringify(input);
      // Much to write takes a model a while: whoever reads along sees how far it has come.
      if (tokensPerSecond > 0 && written.length > 500) await sleep(42_000 / tokensPerSecond, undefined, { signal });
      yield { kind: 'tool-use', name, input: written };
    }
  };
}

/** Word by word, each with the space before it. */
async function* spoken(text: string, tokensPerSecond: number, signal: AbortSignal): AsyncGenerator<ModelEvent> {
  for (const word of text.trim().match(/\s*\S+/g) ?? []) {
    if (tokensPerSecond > 0) await sleep(1_000 / tokensPerSecond, undefined, { signal });
    yield { kind: 'text', text: word };
  }
}
