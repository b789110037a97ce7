import type { ModelEvent, ModelUsage } from '../model.ts';
import type { StopReason } from './converse-request.ts';
import { tokensOf } from './estimate-tokens.ts';

/** One event of a ConverseStream answer, by the name it has on the wire. */
export interface StreamEvent {
  readonly type: 'messageStart' | 'contentBlockStart' | 'contentBlockDelta' | 'contentBlockStop' | 'messageStop' | 'metadata';
  readonly body: Readonly<Record<string, unknown>>;
}

/** What the last event of a stream tells beside the answer itself. */
export type MetadataOf = (counted: {
  readonly outputTokens: number;
  readonly usage?: ModelUsage;
  readonly stopReason: StopReason;
}) => object;

const fragmentLength = 12;

/**
 * Puts a model's events into Bedrock's order: text blocks have no contentBlockStart, a tool's input comes as fragments of JSON text, and
 * metadata follows messageStop.
 */
export async function* toStreamEvents(events: AsyncIterable<ModelEvent>, metadataOf: MetadataOf): AsyncGenerator<StreamEvent> {
  let index = 0;
  let open: 'text' | 'reasoning' | undefined;
  let outputTokens = 0;
  let called = false;
  let stop: Extract<ModelEvent, { kind: 'stop' }> | undefined;
  yield { type: 'messageStart', body: { role: 'assistant' } };
  for await (const event of events) {
    if (open && event.kind !== open) {
      yield { type: 'contentBlockStop', body: { contentBlockIndex: index++ } };
      open = undefined;
    }
    outputTokens += outputTokensOf(event);
    if (event.kind === 'stop') {
      stop = event;
      break;
    }
    if (event.kind === 'tool-use') {
      called = true;
      yield* toolBlock(event, index++);
    } else {
      open = event.kind;
      yield* deltas(event, index);
    }
  }
  if (open) yield { type: 'contentBlockStop', body: { contentBlockIndex: index } };
  const stopReason = stop?.reason ?? (called ? 'tool_use' : 'end_turn');
  yield { type: 'messageStop', body: { stopReason } };
  yield { type: 'metadata', body: { ...metadataOf({ outputTokens, stopReason, ...(stop?.usage ? { usage: stop.usage } : {}) }) } };
}

function outputTokensOf(event: ModelEvent): number {
  if (event.kind === 'stop') return 0;
  return tokensOf(event.kind === 'tool-use' ? event.name + event.input : event.text);
}

function* deltas(event: Extract<ModelEvent, { kind: 'text' | 'reasoning' }>, contentBlockIndex: number): Generator<StreamEvent> {
  if (event.kind === 'text') {
    yield { type: 'contentBlockDelta', body: { contentBlockIndex, delta: { text: event.text } } };
    return;
  }
  yield { type: 'contentBlockDelta', body: { contentBlockIndex, delta: { reasoningContent: { text: event.text } } } };
  if (event.signature) {
    yield { type: 'contentBlockDelta', body: { contentBlockIndex, delta: { reasoningContent: { signature: event.signature } } } };
  }
}

function* toolBlock(event: Extract<ModelEvent, { kind: 'tool-use' }>, contentBlockIndex: number): Generator<StreamEvent> {
  const toolUseId = event.toolUseId ?? `tooluse_${crypto.randomUUID().replaceAll('-', '').slice(0, 22)}`;
  yield { type: 'contentBlockStart', body: { contentBlockIndex, start: { toolUse: { toolUseId, name: event.name } } } };
  for (let from = 0; from < event.input.length; from += fragmentLength) {
    const input = event.input.slice(from, from + fragmentLength);
    yield { type: 'contentBlockDelta', body: { contentBlockIndex, delta: { toolUse: { input } } } };
  }
  yield { type: 'contentBlockStop', body: { contentBlockIndex } };
}
