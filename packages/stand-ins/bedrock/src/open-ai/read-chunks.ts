import { isJsonObject } from '@vera/stand-in-kit/json-object';

/** A chunk of a streamed chat completion, or a whole one. */
export interface Chunk {
  readonly choices?: readonly Choice[];
  readonly usage?: { readonly prompt_tokens?: number; readonly completion_tokens?: number } | null;
  readonly error?: { readonly message?: string } | string;
}

export interface Choice {
  readonly delta?: Said;
  /** In the place of `delta` where a server does not stream. */
  readonly message?: Said;
  readonly finish_reason?: string | null;
}

export interface Said {
  readonly content?: string | null | readonly { readonly text?: unknown }[];
  readonly tool_calls?: readonly ToolCallPart[] | null;
}

export interface ToolCallPart {
  readonly index?: number;
  readonly id?: string | null;
  readonly function?: { readonly name?: string | null; readonly arguments?: unknown };
}

export type Read = { readonly kind: 'chunk'; readonly chunk: Chunk } | { readonly kind: 'done' };

const field = /^(data|event|error|id|retry)?:\s?(.*)$/;

/**
 * What comes of a body: server-sent events until `[DONE]` or the end, their errors however they are told (in a chunk, by `event: error`, as
 * a field of their own), or the one JSON body of a server that does not stream. What is none of it is passed over.
 */
export async function* readChunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Read> {
  const lines = createLineReader();
  for await (const line of linesOf(body)) {
    const read = lines.next(line);
    if (read) yield read;
    if (read?.kind === 'done') return;
  }
  yield* lines.whole();
}

function createLineReader() {
  const stray: string[] = [];
  let isError = false;
  let unfinished = '';
  let isStream = false;
  return { next, whole };

  function next(line: string): Read | undefined {
    const [, name, value = ''] = field.exec(line) ?? [];
    if (line === '') [isError, unfinished] = [false, ''];
    if (name === 'event') isError = value.trim() === 'error';
    if (name === 'error') return failed(value);
    if (name === 'data') return data(value);
    if (name === undefined && !line.startsWith(':')) stray.push(line);
    return undefined;
  }

  function data(value: string): Read | undefined {
    isStream = true;
    if (value.trim() === '[DONE]') return { kind: 'done' };
    if (isError) return failed(value);
    // An event may have several lines of data, and servers part events with one newline only.
    const chunk = parsed(value) ?? parsed(unfinished + value);
    unfinished = chunk ? '' : `${unfinished}${value}\n`;
    return chunk && { kind: 'chunk', chunk };
  }

  function whole(): readonly Read[] {
    const chunk = isStream ? undefined : parsed(stray.join('\n'));
    return chunk ? [{ kind: 'chunk', chunk }, { kind: 'done' }] : [];
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let waiting = '';
  for await (const bytes of body) {
    const lines = (waiting + decoder.decode(bytes, { stream: true })).split(/\r?\n/);
    waiting = lines.pop() ?? '';
    yield* lines;
  }
  if (waiting !== '') yield waiting;
}

function failed(told: string): Read {
  const { error, message } = (parsed(told) ?? {}) as { error?: Chunk['error']; message?: string };
  return { kind: 'chunk', chunk: { error: error ?? message ?? told } };
}

function parsed(text: string): Chunk | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
