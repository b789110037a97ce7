import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { ModelEvent, ModelUsage } from '../model.ts';
import type { StopReason } from '../runtime/converse-request.ts';
import type { Chunk, ToolCallPart } from './read-chunks.ts';

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
