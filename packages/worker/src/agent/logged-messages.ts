import type { Message } from '@strands-agents/sdk';

/** Tools whose results are kept nowhere: Slack asks that of what its search finds. https://docs.slack.dev/apis/web-api/real-time-search-api */
const unlogged = new Set(['read_slack']);

/** A conversation with the model as a debug log may hold it. */
export function loggedMessages(messages: readonly Message[]): unknown[] {
  const hidden = new Set(
    messages.flatMap(({ content }) =>
      content.flatMap((block) => (block.type === 'toolUseBlock' && unlogged.has(block.name) ? [block.toolUseId] : [])),
    ),
  );
  return messages.map((message) => {
    const { content, ...rest } = message.toJSON();
    const isHidden = (part: (typeof content)[number]) => 'toolResult' in part && hidden.has(part.toolResult.toolUseId);
    return { ...rest, content: content.map((part) => (isHidden(part) ? { toolResult: '[not kept]' } : part)) };
  });
}
