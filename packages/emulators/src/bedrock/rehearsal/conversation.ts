import type { ConverseMessage, ConverseRequest, ToolResult, ToolSpec } from '../runtime/converse-request.ts';
import { type Attachments, attachmentsOf } from './attachments.ts';
import { cleanText, type Spoken } from './clean-text.ts';

/** A request as the rehearsal model understands it. */
export interface Conversation {
  /** The latest thing a person said. */
  readonly question: string;
  readonly speaker: string | undefined;
  /** What people said before, oldest first. */
  readonly earlier: readonly Spoken[];
  /** Files sent with the question. */
  readonly attachments: Attachments;
  /** The tools called for this question, with what they returned. */
  readonly outcomes: readonly ToolOutcome[];
  readonly tools: readonly ToolSpec[];
  /** Who the system prompt says we are. */
  readonly name: string;
  /** What we said last, before the question. */
  readonly lastAnswer: string;
  /** Nothing was answered yet in this conversation. */
  readonly isFirstAnswer: boolean;
}

export interface ToolOutcome {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly failed: boolean;
  readonly text: string;
}

export function readConversation({ messages, system = [], toolConfig }: ConverseRequest): Conversation {
  const prompt = system.map(({ text = '' }) => text).join('\n');
  const name = /\b(?:You are|Your name is|I am)\s+(?!an?\b|the\b)(\p{Lu}\p{L}+)/u.exec(prompt)?.[1] ?? 'Vera';
  const said = messages.map((message) => (message.role === 'user' ? utterancesOf(message) : []));
  const at = said.findLastIndex((utterances) => utterances.length > 0);
  const utterances = said.flat().map((raw) => cleanText(raw, name));
  const latest = utterances.at(-1);
  return {
    question: latest?.text ?? '',
    speaker: latest?.speaker,
    earlier: utterances.slice(0, -1).filter(({ text }) => text !== ''),
    attachments: attachmentsOf(messages[at]?.content ?? []),
    outcomes: outcomesOf(messages.slice(at + 1)),
    tools: (toolConfig?.tools ?? []).flatMap(({ toolSpec }) => toolSpec ?? []).filter((tool) => !isPlaceholder(tool)),
    name,
    lastAnswer: lastAnswerOf(messages.slice(0, Math.max(0, at))),
    isFirstAnswer: !messages.slice(0, Math.max(0, at)).some(({ role }) => role === 'assistant'),
  };
}

function lastAnswerOf(before: readonly ConverseMessage[]): string {
  const content = before.findLast(({ role }) => role === 'assistant')?.content ?? [];
  return content.flatMap(({ text }) => text ?? []).join('\n\n');
}

/** One message can hold what several people said, each paragraph with a name. */
function utterancesOf({ content }: ConverseMessage): string[] {
  const texts = content.flatMap(({ text }) => text ?? []);
  return texts.flatMap((text) => text.split(/\n+(?=\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*){1,3}: )/u));
}

function outcomesOf(messages: readonly ConverseMessage[]): ToolOutcome[] {
  const blocks = messages.flatMap(({ content }) => content);
  return blocks.flatMap(({ toolUse }) => {
    const result = blocks.find(({ toolResult }) => toolUse && toolResult?.toolUseId === toolUse.toolUseId)?.toolResult;
    if (!toolUse || !result) return [];
    const input = (toolUse.input ?? {}) as Record<string, unknown>;
    return [{ name: toolUse.name, input, failed: result.status === 'error', text: textOf(result) }];
  });
}

function textOf({ content }: ToolResult): string {
  return content
    .map(({ text, json }) => text ?? (json === undefined ? '' : JSON.stringify(json, null, 2)))
    .join('\n\n')
    .trim();
}

/** SDKs add a fake tool when a history has tool blocks but no tools are on offer. */
function isPlaceholder({ description = '' }: ToolSpec): boolean {
  return /\bignored\b/i.test(description);
}
