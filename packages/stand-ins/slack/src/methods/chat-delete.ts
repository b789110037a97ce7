import { requireChannel, requireMessage } from '../api/require-channel.ts';
import type { SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';
import { deleteMessage } from '../people/delete-message.ts';

export const chatDelete: SlackMethod = ({ args, world }) => {
  const channel = requireChannel(world, args.text('channel'));
  const message = requireMessage(world, channel.id, args.text('ts'));
  if (message.bot_id !== world.directory.workspace.botId) refuse('cant_delete_message');
  deleteMessage(world, message);
  return { channel: channel.id, ts: message.ts };
};
