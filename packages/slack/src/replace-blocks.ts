import { shorten, textLimits } from '@vera/protocol/shorten';
import type { SlackCall } from './slack-calls.ts';
import type { SlackMessage } from './slack-message.ts';

/** Gives a message of ours other blocks, and leaves its text as it is. Rejects with `SlackError`. */
export async function replaceBlocks(
  call: SlackCall,
  channel: string,
  { ts, text = '' }: SlackMessage,
  blocks: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  await call('chat.update', { channel, ts, text: shorten(text, textLimits.plainAnswer), blocks }, { repeatable: true });
}
