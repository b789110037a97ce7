import type { ConverseRequest, StopReason } from './runtime/converse-request.ts';

/**
 * A model the emulator can speak for: takes a Converse request, yields what a model would say. `signal` aborts when the client goes away.
 * An `AwsError` thrown before the first event becomes the HTTP answer, one thrown later an exception inside the stream.
 */
export type Model = (request: ConverseRequest, signal: AbortSignal) => AsyncIterable<ModelEvent>;

/** Ending without `stop` means `tool_use` after a tool call, else `end_turn`. */
export type ModelEvent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string; readonly signature?: string }
  /** `input` is what the model wrote: JSON text as a rule, garbage or nothing now and then. */
  | { readonly kind: 'tool-use'; readonly name: string; readonly input: string; readonly toolUseId?: string }
  | { readonly kind: 'stop'; readonly reason: StopReason; readonly usage?: ModelUsage };

/** Tokens as the model counted them; without it the emulator estimates. */
export interface ModelUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}
