import type { ContentBlock, ConverseMessage, ConverseRequest, ToolResult, ToolSpec } from '../runtime/converse-request.ts';

/** A request as the rehearsal model reads it: who said what, which files came along, and what the tools returned so far. */
export interface Conversation {
  /** The latest thing a person said. */
  readonly question: string;
  readonly speaker: string | undefined;
  /** What people said before, and what we answered, oldest first. */
  readonly earlier: readonly Spoken[];
  /** What "this" is: what was forwarded or asked about by its menu; before our first answer, what the thread began with. */
  readonly subject?: string | undefined;
  readonly answers: readonly string[];
  /** Sent with the question. */
  readonly files: readonly SentFile[];
  /** Sent before it, in the same thread. */
  readonly earlierFiles: readonly SentFile[];
  /** The tools called for this question, with what they returned. */
  readonly outcomes: readonly Outcome[];
  readonly tools: readonly ToolSpec[];
  /** Who the system prompt says we are. */
  readonly name: string;
  /** Whether the system prompt asks for what may be asked next, in a block of its own. */
  readonly asksOn: boolean;
}

export interface Spoken {
  readonly speaker?: string;
  readonly text: string;
}

export interface SentFile {
  readonly name: string;
  readonly kind: string;
  /** Undefined for what is no text. */
  readonly text?: string;
  /** Why it did not come along. */
  readonly problem?: string;
}

export interface Outcome {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly failed: boolean;
  /** Without the marks around what another system wrote. */
  readonly text: string;
  /** Where to read on, when it was cut, and how often it was read on. */
  readonly next?: { readonly handle: string; readonly from: number };
  readonly pieces: number;
}

/** Whether a tool is on offer. */
export function hasTool({ tools }: Pick<Conversation, 'tools'>, wanted: string): boolean {
  return tools.some(({ name }) => name === wanted);
}

export function readConversation({ messages, system = [], toolConfig }: ConverseRequest): Conversation {
  const prompt = system.map(({ text = '' }) => text).join('\n');
  const name = /\b(?:You are|Your name is|I am)\s+(?!an?\b|the\b)(\p{Lu}\p{L}+)/u.exec(prompt)?.[1] ?? 'Vera';
  const said = messages.map((message) => (message.role === 'user' ? utterancesIn(message) : []));
  const at = said.findLastIndex((utterances) => utterances.length > 0);
  const utterances = asSaid(said.flat().map((raw) => cleaned(raw, name)));
  const earlier = utterances.slice(0, -1).filter(({ text }) => text !== '');
  const before = messages.slice(0, Math.max(0, at)).filter(({ role }) => role === 'assistant');
  const quoted = utterances.at(-1)?.quoted;
  return {
    asksOn: prompt.includes('`follow-ups`'),
    question: utterances.at(-1)?.text ?? '',
    speaker: utterances.at(-1)?.speaker,
    earlier,
    subject: quoted ?? (before.length === 0 ? earlier[0]?.text : undefined),
    answers: before.map(({ content }) => content.flatMap(({ text }) => text ?? []).join('\n\n')),
    files: filesOf(messages[at]?.content ?? []),
    earlierFiles: messages.slice(0, Math.max(0, at)).flatMap(({ content }) => sentIn(content)),
    outcomes: outcomesIn(messages.slice(at + 1)),
    tools: (toolConfig?.tools ?? []).flatMap(({ toolSpec }) => toolSpec ?? []),
    name,
  };
}

/** Who forwards a message without a word, or asks about one by its menu, wants to know what it is. */
const wordless = /^\((?:asks about this message|forwards this, without words)\)$/;

const origin = /^[^:]*, quoted by [^:]*:\s*/;

/** The question last: what is quoted behind it was said before. */
function asSaid(utterances: readonly Spoken[]): readonly (Spoken & { readonly quoted?: string })[] {
  const at = utterances.findLastIndex(({ text }) => wordless.test(text));
  const quoted = utterances.slice(at + 1);
  if (at === -1 || !quoted.every(({ text }) => origin.test(text))) return utterances;
  const asker = utterances[at]?.speaker;
  const words = quoted.map(({ text }) => ({ text: text.replace(origin, '') }));
  const said = { text: 'what is this?', quoted: words.map(({ text }) => text).join('\n') };
  return [...utterances.slice(0, at), ...words, { ...said, ...(asker === undefined ? {} : { speaker: asker }) }];
}

/** One message can hold what several people said, each paragraph with a name; what others said comes marked as data. */
function utterancesIn({ content }: ConverseMessage): string[] {
  const texts = content.flatMap((block) => (block.text === undefined || fileIn(block) ? [] : block.text));
  return texts
    .map((text) => text.replace(/<data from="([^"]*)">\n([\s\S]*?)\n<\/data>/g, '$1: $2'))
    .flatMap((text) => text.split(/\n+(?=\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*){1,3}: )/u));
}

/** `Ann Chen: `, as the history of a thread names its speakers; up to four capitalised words, or one short name. */
const speaker = /^\s*(?<name>\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*){0,3}|\p{Ll}[\p{L}\p{N}._-]{0,30})(?: \([^)]*\))?:\s+/u;

/** What a person said, without their name and mentions of us. Empty when they only sent a file. */
function cleaned(raw: string, ourName: string): Spoken {
  const named = speaker.exec(raw);
  const address = `^\\W*(?:(?:hi|hello|hey|dear|ok|thanks)[\\s,]+)?${ourName}[,:.!]+\\s+(?=\\S)|,\\s+${ourName}(?=[\\s?!.]*$)`;
  const text = (named ? raw.slice(named[0].length) : raw)
    .replace(/<@[A-Z0-9]+(?:\|[^>]*)?>/g, ' ')
    .replaceAll(`@${ourName}`, ' ')
    .replace(new RegExp(address, 'i'), '')
    .replace(/^\s*@\p{L}+[,:]?\s/u, ' ')
    .replace(/^\s*\(no words\)\s*$/, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  const name = named?.groups?.name;
  return { text, ...(name ? { speaker: name } : {}) };
}

/** Behind the last words of a message stand its files. */
function filesOf(content: readonly ContentBlock[]): SentFile[] {
  const words = content.findLastIndex((block) => block.text !== undefined && !fileIn(block));
  return sentIn(content.slice(words + 1));
}

function sentIn(content: readonly ContentBlock[]): SentFile[] {
  return content.flatMap((block, index, all) => {
    const file = fileIn(block);
    if (!file || announced(block) !== undefined) return [];
    return { ...file, name: announced(all[index - 1]) ?? file.name };
  });
}

const textFormats = new Set(['txt', 'md', 'csv', 'html']);

/** A file's name stands marked before a document, whose own name is the worker's. */
function announced(block: ContentBlock | undefined): string | undefined {
  return /^<data from="[^"]*">\nFile "(.*)" follows\.\n<\/data>$/.exec(block?.text ?? '')?.[1];
}

function fileIn(block: ContentBlock): SentFile | undefined {
  const { text, document, image } = block;
  if (image) return { name: 'a picture', kind: image.format };
  if (document) {
    const { name, format: kind = 'txt', source } = document;
    return { name, kind, ...(textFormats.has(kind) ? { text: source.text ?? Buffer.from(source.bytes ?? '', 'base64').toString() } : {}) };
  }
  const [, marked = ''] = /^<data from="[^"]*">\n([\s\S]*)\n<\/data>$/.exec(text ?? '') ?? [];
  const follows = announced(block);
  if (follows !== undefined) return { name: follows, kind: '' };
  // What has to be known before it is read stands behind the name.
  const [, name, told] = /^File "(.*?)":(?: .*)?\n([\s\S]*)$/.exec(marked) ?? [];
  if (name !== undefined) return { name, kind: /\.(\w+)$/.exec(name)?.[1] ?? 'text', text: told ?? '' };
  const [, absent, problem] = /^\(File "(.*)" is not shown: (.*)\.\)$/s.exec(marked) ?? [];
  return absent === undefined ? undefined : { name: absent, kind: '', problem: problem ?? '' };
}

function outcomesIn(messages: readonly ConverseMessage[]): Outcome[] {
  const blocks = messages.flatMap(({ content }) => content);
  const outcomes: Outcome[] = [];
  for (const { toolUse } of blocks) {
    const result = blocks.find(({ toolResult }) => toolUse && toolResult?.toolUseId === toolUse.toolUseId)?.toolResult;
    if (!toolUse || !result) continue;
    const input = (toolUse.input ?? {}) as Record<string, unknown>;
    const outcome = { name: toolUse.name, input, failed: result.status === 'error', pieces: 1, ...unmarked(textOf(result), input.handle) };
    const begun = outcomes.findIndex(({ next }) => next !== undefined && next.handle === input.handle && next.from === input.from);
    const before = outcomes[begun];
    if (before) outcomes[begun] = continued(before, outcome);
    else outcomes.push(outcome);
  }
  return outcomes.map((outcome) => ({ ...outcome, text: outcome.text.trim() }));
}

function continued({ next: _, ...before }: Outcome, { text, failed, next }: Outcome): Outcome {
  if (failed) return before;
  return { ...before, text: before.text + text, pieces: before.pieces + 1, ...(next ? { next } : {}) };
}

function textOf({ content }: ToolResult): string {
  return content.map(({ text, json }) => text ?? (json === undefined ? '' : JSON.stringify(json))).join('\n\n');
}

const mark = /<data from="[^"]*">\n?|\n?<\/data>/g;
const cutNote = /\n?\((?:Cut here: [^\n]*|\d+ characters are left; go on from \d+\.|This is the end\.)\)\s*$/;

function unmarked(raw: string, handle: unknown): Pick<Outcome, 'text' | 'next'> {
  const [note = ''] = cutNote.exec(raw) ?? [];
  const text = raw.slice(0, raw.length - note.length).replace(mark, '');
  const known = /with handle "(\w+)"/.exec(note)?.[1] ?? (typeof handle === 'string' ? handle : undefined);
  const from = /\bfrom (\d+)/.exec(note)?.[1];
  return { text, ...(known !== undefined && from !== undefined ? { next: { handle: known, from: Number(from) } } : {}) };
}
