import type { ConverseMessage, ConverseRequest, ToolResult, ToolSpec } from '../runtime/converse-request.ts';
import { type Attachments, attachmentsOf } from './attachments.ts';
import { cleanText, type Spoken } from './clean-text.ts';
import { type Unmarked, unmarked } from './unmarked.ts';

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
  /** All we said before the question, oldest first. */
  readonly answers: readonly string[];
  /** Nothing was answered yet in this conversation. */
  readonly isFirstAnswer: boolean;
}

export interface ToolOutcome {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly failed: boolean;
  readonly text: string;
  /** Where to read on, when the result was cut. */
  readonly next?: Unmarked['next'];
  /** How often it was read on. */
  readonly readOn: number;
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
    lastAnswer: answersIn(messages.slice(0, Math.max(0, at))).at(-1) ?? '',
    answers: answersIn(messages.slice(0, Math.max(0, at))),
    isFirstAnswer: !messages.slice(0, Math.max(0, at)).some(({ role }) => role === 'assistant'),
  };
}

function answersIn(before: readonly ConverseMessage[]): string[] {
  return before.filter(({ role }) => role === 'assistant').map(({ content }) => content.flatMap(({ text }) => text ?? []).join('\n\n'));
}

/** One message can hold what several people said, each paragraph with a name. */
function utterancesOf({ content }: ConverseMessage): string[] {
  const texts = content.flatMap(({ text }) => (text === undefined ? [] : spokenText(text)));
  return texts.flatMap((text) => text.split(/\n+(?=\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*){1,3}: )/u));
}

/** What others said comes marked as data, with their name; the text of a file, too. */
function spokenText(text: string): string {
  return text.replace(
    /(^File "[^"]*":\n)?<data from="([^"]*)">\n([\s\S]*?)\n<\/data>/gm,
    (_, file: string | undefined, name: string, said: string) => (file === undefined ? `${name}: ${said}` : `${file}${said}`),
  );
}

function outcomesOf(messages: readonly ConverseMessage[]): ToolOutcome[] {
  const blocks = messages.flatMap(({ content }) => content);
  const outcomes: ToolOutcome[] = [];
  for (const { toolUse } of blocks) {
    const result = blocks.find(({ toolResult }) => toolUse && toolResult?.toolUseId === toolUse.toolUseId)?.toolResult;
    if (!toolUse || !result) continue;
    const input = (toolUse.input ?? {}) as Record<string, unknown>;
    const outcome = { name: toolUse.name, input, failed: result.status === 'error', readOn: 0, ...unmarked(textOf(result), input.handle) };
    const begun = outcomes.findIndex(({ next }) => next !== undefined && next.handle === input.handle && next.from === input.from);
    const before = outcomes[begun];
    if (before) outcomes[begun] = continued(before, outcome);
    else outcomes.push(outcome);
  }
  return outcomes.map((outcome) => ({ ...outcome, text: outcome.text.trim() }));
}

function continued({ next: _, ...before }: ToolOutcome, { text, failed, next }: ToolOutcome): ToolOutcome {
  if (failed) return before;
  return { ...before, text: before.text + text, readOn: before.readOn + 1, ...(next ? { next } : {}) };
}

function textOf({ content }: ToolResult): string {
  return content.map(({ text, json }) => text ?? (json === undefined ? '' : JSON.stringify(json, null, 2))).join('\n\n');
}

/** SDKs add a fake tool when a history has tool blocks but no tools are on offer. */
function isPlaceholder({ description = '' }: ToolSpec): boolean {
  return /\bignored\b/i.test(description);
}
