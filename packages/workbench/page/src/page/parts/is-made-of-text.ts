import type { SlackMessage } from '@vera/slack-stand-in/contract';

/** The block says what the message's text says: Slack made it of that, or of the Markdown of the app. */
export function isMadeOfText({ blocks = [], markdown }: SlackMessage, block: Readonly<Record<string, unknown>>): boolean {
  if (block.type !== 'rich_text') return false;
  return blocks.length === 1 || (markdown !== undefined && blocks.find(({ type }) => type === 'rich_text') === block);
}
