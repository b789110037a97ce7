import type { ContentBlockData, JSONValue, MessageData } from '@strands-agents/sdk';
import type { AgentTask, Content, MadeCall } from './agent.ts';

/**
 * Turns in the form the agent library sends to Bedrock, and after the last one the calls that were made already. `isGuarded`: the guardrail
 * judges what people said last, and no more than that: one word of what was said before would stop every question to come. That is judged by
 * `GuardedTalk`. Results of tools it does not judge there at all, and the texts of files are too long for it.
 */
export function toMessages({ turns, made = [] }: Pick<AgentTask, 'turns' | 'made'>, isGuarded: boolean): MessageData[] {
  const said = turns.map(
    ({ role, content }, turn): MessageData => ({
      role,
      content: content.map((part, index) => {
        const block = toBlock(part, `${turn + 1}-${index + 1}`);
        const isLatest = turn === turns.length - 1 && part.kind === 'text' && part.file === undefined && !part.isJudged;
        return isGuarded && isLatest ? { guardContent: { text: { text: part.text, qualifiers: ['guard_content'] } } } : block;
      }),
    }),
  );
  return [...said, ...made.flatMap(toCall)];
}

function toCall({ id, tool: name, input, output: { text, isError } }: MadeCall): MessageData[] {
  const toolUse = { name, toolUseId: id, input: input as JSONValue };
  const toolResult = { toolUseId: id, status: isError ? ('error' as const) : ('success' as const), content: [{ text }] };
  return [
    { role: 'assistant', content: [{ toolUse }] },
    { role: 'user', content: [{ toolResult }] },
  ];
}

function toBlock(content: Content, place: string): ContentBlockData {
  switch (content.kind) {
    case 'text':
      return { text: content.text };
    case 'image':
      return { image: { format: content.format, source: { bytes: content.bytes } } };
    case 'document':
      // The name is no data to a model, so it is not the author's: theirs stands before it, marked. Bedrock allows no name twice.
      return { document: { format: content.format, name: `file ${place}`, source: { bytes: content.bytes } } };
  }
}
