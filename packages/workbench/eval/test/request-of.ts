import type { ModelEvent } from '@vera/bedrock-stand-in/model';
import type { ConverseMessage, ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';

/** A request in which this was asked and these tools gave that, in this order. */
export function requestOf(
  asked: string,
  results: readonly { readonly tool: string; readonly id?: string; readonly text: string }[] = [],
): ConverseRequest {
  const idOf = (index: number) => results[index]?.id ?? `tooluse_${index}`;
  const uses = results.map(({ tool: name }, index) => ({ toolUse: { toolUseId: idOf(index), name, input: {} } }));
  const given = results.map(({ text }, index) => ({ toolResult: { toolUseId: idOf(index), content: [{ text }] } }));
  const messages: ConverseMessage[] = [{ role: 'user', content: [{ text: asked }] }];
  if (results.length > 0) messages.push({ role: 'assistant', content: uses }, { role: 'user', content: given });
  return {
    modelId: 'us.anthropic.claude-sonnet-5-5',
    stream: true,
    system: [{ text: 'You are Vera.' }, { cachePoint: { type: 'default' } }, { text: 'You are answering Ann.' }],
    messages,
  };
}

/** The answer of a model to a request, whole. */
export async function eventsOf(answer: AsyncIterable<ModelEvent>): Promise<ModelEvent[]> {
  const events: ModelEvent[] = [];
  for await (const event of answer) events.push(event);
  return events;
}
