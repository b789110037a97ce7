import { requireChannel, requireMessage } from '../api/require-channel.ts';
import type { SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';
import type { SlackMessage, SlackSession } from '../contract.ts';
import { announceChanged } from '../events/announce.ts';
import { toApiMessage } from '../state/api-message.ts';
import type { World } from '../state/world.ts';
import { growMessage } from './grow-message.ts';
import { checkStreamBlocks, readChunks } from './read-chunks.ts';
import { readMetadata } from './read-metadata.ts';

export const chatStopStream: SlackMethod = ({ args, world }) => {
  const channel = requireChannel(world, args.text('channel'));
  const previous = requireMessage(world, channel.id, args.text('ts'));
  if (previous.bot_id !== world.directory.workspace.botId) refuse('message_not_owned_by_app');
  if (!world.streams.isLive(channel.id, previous.ts)) refuse('message_not_in_streaming_state');
  const chunks = readChunks(args);
  const blocks = args.list('blocks', 'invalid_blocks') ?? [];
  checkStreamBlocks(blocks);
  const metadata = readMetadata(args);
  const grown = growMessage(previous, chunks, blocks);
  const message: SlackMessage = { ...grown, streaming_state: 'completed', ...(metadata && metadata !== 'none' ? { metadata } : {}) };
  world.streams.close(channel.id, message.ts);
  world.messages.put(message);
  world.sessions.setStatus(
    channel.id,
    message.thread_ts ?? message.ts,
    (args.text('session_status') || 'active') as SlackSession['status'],
  );
  announceChanged(world, message, previous);
  return { channel: channel.id, ts: message.ts, message: toApiMessage(message, true) };
};

/** Slack's own end of a stream that ran too long. */
export function expireStream(world: World, channel: string, ts: string): void {
  const message = world.messages.get(channel, ts);
  if (message?.streaming_state !== 'in_progress') return;
  world.messages.put({ ...message, streaming_state: 'errored' });
  world.sessions.setStatus(channel, message.thread_ts ?? ts, 'active');
}
