import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { ModelEvent, ModelUsage } from '../model.ts';
import type { StopReason } from '../runtime/converse-request.ts';

const stopReasons: Readonly<Record<string, StopReason>> = { length: 'max_tokens', content_filter: 'content_filtered' };
const legalId = /^[\w.:-]{1,64}$/;

interface Call {
  id: string;
  name: string;
  input: string;
}

/** Streamed text as it comes; tool calls, which arrive in fragments, once they are whole. */
export async function* toModelEvents(chunks: AsyncIterable<Chunk>): AsyncGenerator<ModelEvent> {
  const calls: Call[] = [];
  let usage: ModelUsage | undefined;
  let finish = '';
  for await (const chunk of chunks) {
    refuse(chunk);
    const choice = chunk.choices?.[0];
    if (choice?.delta?.content) yield { kind: 'text', text: choice.delta.content };
    for (const part of choice?.delta?.tool_calls ?? []) gather(calls, part);
    finish = choice?.finish_reason ?? finish;
    usage = usageOf(chunk) ?? usage;
  }
  for (const { id, name, input } of calls.filter((call) => call.name !== '')) {
    yield { kind: 'tool-use', name, input, ...(legalId.test(id) ? { toolUseId: id } : {}) };
  }
  const reason = stopReasons[finish] ?? (calls.length > 0 ? 'tool_use' : 'end_turn');
  yield { kind: 'stop', reason, ...(usage ? { usage } : {}) };
}

function refuse({ error }: Chunk): void {
  if (!error) return;
  const message = typeof error === 'string' ? error : error.message;
  throw new AwsError(424, 'ModelStreamErrorException', message ?? 'The model failed.');
}

function usageOf({ usage }: Chunk): ModelUsage | undefined {
  return usage ? { inputTokens: usage.prompt_tokens ?? 0, outputTokens: usage.completion_tokens ?? 0 } : undefined;
}

/** Some servers send calls whole and leave the index out: then a new id or name begins a new call. */
function gather(calls: Call[], { index, id, function: { name = '', arguments: input = '' } = {} }: ToolCallPart): void {
  const at = index ?? (name === '' ? Math.max(0, calls.length - 1) : calls.length);
  const known = calls[at];
  if (known) {
    known.name ||= name;
    known.input += input;
  } else {
    calls[at] = { id: id ?? '', name, input };
  }
}

/** One `data:` line of a streamed chat completion. */
interface Chunk {
  readonly choices?: readonly {
    readonly delta?: { readonly content?: string | null; readonly tool_calls?: readonly ToolCallPart[] };
    readonly finish_reason?: string | null;
  }[];
  readonly usage?: { readonly prompt_tokens?: number; readonly completion_tokens?: number } | null;
  readonly error?: { readonly message?: string } | string;
}

interface ToolCallPart {
  readonly index?: number;
  readonly id?: string;
  readonly function?: { readonly name?: string; readonly arguments?: string };
}

/** The chunks of a server-sent event stream, until `[DONE]` or its end; lines that are not JSON are passed over. */
export async function* readChunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Chunk> {
  const decoder = new TextDecoder();
  let waiting = '';
  for await (const bytes of body) {
    const lines = (waiting + decoder.decode(bytes, { stream: true })).split(/\r?\n/);
    waiting = lines.pop() ?? '';
    for (const line of lines) {
      const data = /^data:\s*(.*)$/.exec(line)?.[1];
      if (data === '[DONE]') return;
      const chunk = data && parsed(data);
      if (chunk) yield chunk;
    }
  }
  const last = parsed(waiting.replace(/^data:\s*/, ''));
  if (last) yield last;
}

function parsed(data: string): Chunk | undefined {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

const opening = '<think>';
const closing = '</think>';

/** Leaves out what small reasoning models write between `<think>` and `</think>` before their answer. */
export async function* withoutThoughts(events: AsyncIterable<ModelEvent>): AsyncGenerator<ModelEvent> {
  let held: string | undefined = '';
  for await (const event of events) {
    if (held === undefined) {
      yield event;
    } else if (event.kind === 'text') {
      held += event.text;
      const text = answerIn(held);
      if (text) yield { kind: 'text', text };
      if (text !== undefined) held = undefined;
    } else {
      if (held !== '' && !held.trimStart().startsWith(opening)) yield { kind: 'text', text: held };
      held = undefined;
      yield event;
    }
  }
}

/** The answer as far as it has begun; undefined while these may still be thoughts. */
function answerIn(text: string): string | undefined {
  const start = text.trimStart();
  if (start.startsWith(opening))
    return start.includes(closing) ? start.slice(start.indexOf(closing) + closing.length).trimStart() : undefined;
  return opening.startsWith(start) ? undefined : text;
}
