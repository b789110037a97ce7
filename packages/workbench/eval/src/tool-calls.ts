import type { ConverseMessage, ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import type { ToolCall } from './eval-case.ts';
import { afterAsked, calledIn, resultText } from './recording/request-parts.ts';

/** Each call that was carried out, once: a request repeats those of the ones before. */
export function callsIn(conversations: readonly (readonly ConverseMessage[])[]): ToolCall[] {
  const calls = conversations
    .flatMap(calledIn)
    .map(
      ({ name, input, result }) =>
        [result.toolUseId, { tool: name, input, isError: result.status === 'error', output: resultText(result) }] as const,
    );
  return [...new Map(calls).values()];
}

/** Those for what was asked last. */
export function callsSinceAsked(request: ConverseRequest): ToolCall[] {
  return callsIn([afterAsked(request)]);
}
