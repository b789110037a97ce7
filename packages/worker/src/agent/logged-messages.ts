import type { Message } from '@strands-agents/sdk';

/** Tools whose results are kept nowhere: Slack asks that of what its search finds. https://docs.slack.dev/apis/web-api/real-time-search-api */
const unlogged = new Set(['read_slack']);
const hidden = '[not kept]';

/** What a tool gave, as a debug log may hold it. */
export function loggedOutput(tool: string, output: string): string {
  return unlogged.has(tool) ? hidden : output;
}

/** A conversation with the model as a debug log may hold it. */
export function loggedMessages(messages: readonly Message[]): unknown[] {
  const results = new Set(
    messages.flatMap(({ content }) =>
      content.flatMap((block) => (block.type === 'toolUseBlock' && unlogged.has(block.name) ? [block.toolUseId] : [])),
    ),
  );
  return messages.map((message) => {
    const { content, ...rest } = message.toJSON();
    const isHidden = (part: (typeof content)[number]) => 'toolResult' in part && results.has(part.toolResult.toolUseId);
    return { ...rest, content: content.map((part) => (isHidden(part) ? { toolResult: hidden } : part)) };
  });
}
