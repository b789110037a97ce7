import { toMetadata } from '@vera/slack/reply-mark';
import type { SlackCall } from '@vera/slack/slack-calls';
import { beyondChange, isRefusedWith } from '@vera/slack/slack-error';
import { toPlainText } from './harmless-markdown.ts';
import type { Ending } from './piece.ts';
import { markdownBlock } from './reply-blocks.ts';

export const badBlocks = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'markdown_text_conflict',
  'msg_too_long',
  'no_text',
]);

/** Slack's form of a whole message: the Markdown as a block, and as plain text for notifications. */
export function wholeMessage(ending: Ending): Record<string, unknown> {
  return {
    text: toPlainText(ending.text),
    blocks: [...(ending.text.trim() === '' ? [] : [markdownBlock(ending.text)]), ...ending.blocks],
    metadata: toMetadata(ending.mark),
  };
}

/** The same without blocks, for when Slack refuses them. */
export function plainMessage(ending: Ending): Record<string, unknown> {
  return { text: toPlainText(ending.text), metadata: toMetadata(ending.mark) };
}

/** Makes the message at `ts` hold exactly this; false when there is no such message to change any more. */
export async function updateMessage(call: SlackCall, channel: string, ts: string, ending: Ending): Promise<boolean> {
  try {
    await call('chat.update', { channel, ts, ...wholeMessage(ending) }, { repeatable: true });
    return true;
  } catch (error) {
    if (isRefusedWith(error, beyondChange)) return false;
    if (!isRefusedWith(error, badBlocks)) throw error;
    await call('chat.update', { channel, ts, blocks: [], ...plainMessage(ending) }, { repeatable: true });
    return true;
  }
}
