import { createHash } from 'node:crypto';
import type { ContentBlock, ConverseMessage, ConverseRequest, ToolResult } from '@vera/bedrock-stand-in/runtime/converse-request';
import { withoutVolatile } from './volatile.ts';

/** What a request is made of, as an answer may depend on it. */
export const requestParts = ['asked', 'called', 'results', 'above', 'offered', 'situation', 'stable', 'model'] as const;
export type RequestPart = (typeof requestParts)[number];

/** Texts are whole where a person can read them in a recording, else digests. What differs from run to run is taken out. */
export interface Parts extends Readonly<Record<RequestPart, string | readonly string[]>> {
  /** What was said last, by the person or, to a helper, by its task. */
  readonly asked: string;
  /** The tools called since then, in order: `calculate`, `create_jira_issue (error)`. */
  readonly called: readonly string[];
  /** What they gave. */
  readonly results: readonly string[];
  /** What was said before. */
  readonly above: string;
  /** The tools it may call, with all that is told of them. */
  readonly offered: string;
  /** The prompt, before and behind its cache point. */
  readonly stable: string;
  readonly situation: string;
  readonly model: string;
}

export function partsOf(request: ConverseRequest): Parts {
  const { messages, system = [], toolConfig, modelId } = request;
  const above = messages.slice(0, Math.max(0, askedAt(request)));
  const after = calledIn(afterAsked(request));
  const point = system.findIndex(({ cachePoint }) => cachePoint);
  const textOf = (from: number, to?: number) =>
    system
      .slice(from, to)
      .flatMap(({ text }) => text ?? [])
      .join('\n\n');
  return {
    asked: askedIn(request),
    called: after.map(({ name, result }) => (result.status === 'error' ? `${name} (error)` : name)),
    results: after.map(({ name, result }) => `${name} ${digestOf(resultText(result))} ${withoutVolatile(resultText(result)).length}`),
    above: digestOf(JSON.stringify(above.map(({ role, content }) => [role, content.map(textIn)]))),
    offered: digestOf(JSON.stringify(toolConfig?.tools ?? [])),
    stable: digestOf(point === -1 ? textOf(0) : textOf(0, point)),
    situation: point === -1 ? '' : withoutVolatile(textOf(point + 1)),
    model: modelId,
  };
}

/** What was said last, as a recording has it. */
export function askedIn(request: ConverseRequest): string {
  return withoutVolatile(lastTextOf(request.messages[askedAt(request)]));
}

/** What was said and done since a person, or a task, asked last. */
export function afterAsked(request: ConverseRequest): readonly ConverseMessage[] {
  return request.messages.slice(askedAt(request) + 1);
}

function askedAt({ messages }: ConverseRequest): number {
  return messages.findLastIndex(({ role, content }) => role === 'user' && content.some((block) => textIn(block) !== undefined));
}

/** The texts that came from outside the model, in the order of the conversation: what an answer may refer to. */
export function textsFrom({ messages }: ConverseRequest): string[] {
  return messages.flatMap(({ role, content }, index) => {
    if (role !== 'user') return [];
    const order = toolUsesIn(messages[index - 1]).map(({ toolUseId }) => toolUseId);
    const results = content.flatMap(({ toolResult }) => toolResult ?? []);
    // Tools end in any order; what was asked first stands first.
    const sorted = results.toSorted((one, other) => order.indexOf(one.toolUseId) - order.indexOf(other.toolUseId));
    return [...content.flatMap((block) => textIn(block) ?? []), ...sorted.map(resultText)];
  });
}

function textIn({ text, guardContent }: ContentBlock): string | undefined {
  return text ?? guardContent?.text?.text;
}

export function resultText({ content }: ToolResult): string {
  return content.map(({ text, json }) => text ?? JSON.stringify(json) ?? '').join('\n');
}

export interface CalledTool {
  readonly name: string;
  readonly input: unknown;
  readonly result: ToolResult;
}

/** The calls in these messages that were carried out, in the order in which the model made them. */
export function calledIn(messages: readonly ConverseMessage[]): CalledTool[] {
  const results = new Map(
    messages.flatMap(({ content }) => content.flatMap(({ toolResult }) => (toolResult ? [[toolResult.toolUseId, toolResult]] : []))),
  );
  return messages.flatMap(toolUsesIn).flatMap(({ toolUseId, name, input }) => {
    const result = results.get(toolUseId);
    return result ? [{ name, input, result }] : [];
  });
}

function toolUsesIn(message: ConverseMessage | undefined) {
  return message?.content.flatMap(({ toolUse }) => toolUse ?? []) ?? [];
}

function lastTextOf(message: ConverseMessage | undefined): string {
  return message?.content.flatMap((block) => textIn(block) ?? []).at(-1) ?? '';
}

function digestOf(text: string): string {
  return createHash('sha256').update(withoutVolatile(text)).digest('hex').slice(0, 8);
}
