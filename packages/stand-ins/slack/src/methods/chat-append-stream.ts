import { requireChannel, requireMessage } from '../api/require-channel.ts';
import type { SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';
import { growMessage } from './grow-message.ts';
import { readChunks } from './read-chunks.ts';

export const chatAppendStream: SlackMethod = ({ args, world }) => {
  const channel = requireChannel(world, args.text('channel'));
  const message = requireMessage(world, channel.id, args.text('ts'));
  if (message.bot_id !== world.directory.workspace.botId) refuse('message_not_owned_by_app');
  if (world.streams.wasStoppedByUser(channel.id, message.ts)) refuse('stopped_by_user');
  if (!world.streams.isLive(channel.id, message.ts)) refuse('message_not_in_streaming_state');
  const chunks = readChunks(args);
  if (chunks.length === 0) refuse('no_text');
  world.messages.put(growMessage(message, chunks));
  return { channel: channel.id, ts: message.ts };
};
