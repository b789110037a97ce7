import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { ModelEvent, ModelUsage } from '../model.ts';
import type { StopReason } from '../runtime/converse-request.ts';
import type { Chunk, Read, Said, ToolCallPart } from './read-chunks.ts';

const stopReasons: Readonly<Record<string, StopReason>> = { length: 'max_tokens', content_filter: 'content_filtered' };
const legalId = /^[\w.:-]{1,64}$/;

interface Call {
  readonly index: number | undefined;
  readonly id: string;
  name: string;
  input: string;
}

/** Streamed text as it comes; tool calls, which arrive in fragments, once they are whole. */
export async function* toModelEvents(reads: AsyncIterable<Read>): AsyncGenerator<ModelEvent> {
  const calls: Call[] = [];
  let usage: ModelUsage | undefined;
  let finish: string | undefined;
  for await (const read of reads) {
    const chunk: Chunk = read.kind === 'done' ? {} : read.chunk;
    const choice = chunk.choices?.[0];
    refuse(choice?.finish_reason === 'error' ? { error: 'The model failed.', ...chunk } : chunk);
    const said = choice?.delta ?? choice?.message;
    const text = textOf(said);
    if (text !== '') yield { kind: 'text', text };
    for (const part of said?.tool_calls ?? []) gather(calls, part);
    finish = choice?.finish_reason || finish || (read.kind === 'done' ? 'stop' : undefined);
    usage = usageOf(chunk) ?? usage;
  }
  yield* ending(calls, finish, usage);
}

function* ending(calls: readonly Call[], finish: string | undefined, usage: ModelUsage | undefined): Generator<ModelEvent> {
  // Nothing said that it is whole, so nothing of it is: a call may be half of one.
  if (finish === undefined) return void (yield { kind: 'stop', reason: 'malformed_model_output' });
  for (const { id, name, input } of calls.filter((call) => call.name !== '')) {
    yield { kind: 'tool-use', name, input, ...(legalId.test(id) ? { toolUseId: id } : {}) };
  }
  const reason = stopReasons[finish] ?? (calls.length > 0 ? 'tool_use' : 'end_turn');
  yield { kind: 'stop', reason, ...(usage ? { usage } : {}) };
}

function refuse({ error }: Chunk): void {
  if (!error) return;
  const message = typeof error === 'string' ? error : error.message;
  throw new AwsError(424, 'ModelStreamErrorException', message || 'The model failed.');
}

function textOf({ content }: Said = {}): string {
  if (!Array.isArray(content)) return typeof content === 'string' ? content : '';
  return content.map((part) => (typeof part?.text === 'string' ? part.text : '')).join('');
}

function usageOf({ usage }: Chunk): ModelUsage | undefined {
  return usage ? { inputTokens: usage.prompt_tokens ?? 0, outputTokens: usage.completion_tokens ?? 0 } : undefined;
}

/**
 * A fragment goes on with the last call of its index. Some servers leave the index out or give the same to all: there, another id begins
 * another call, and without ids a name after a call that is whole.
 */
function gather(calls: Call[], { index, id, function: { name, arguments: given } = {} }: ToolCallPart): void {
  const input = typeof given === 'string' ? given : (JSON.stringify(given ?? undefined) ?? '');
  const known = index === undefined ? calls.at(-1) : calls.findLast((call) => call.index === index);
  const isNew = name && known?.name && (id && known.id ? id !== known.id : index === undefined || isWhole(known.input));
  if (known && !isNew) {
    known.name ||= name ?? '';
    known.input += input;
  } else calls.push({ index, id: id ?? '', name: name ?? '', input });
}

function isWhole(input: string): boolean {
  try {
    JSON.parse(input);
    return true;
  } catch {
    return false;
  }
}
