import { requireChannel, requireMessage } from '../api/require-channel.ts';
import type { SlackMethod } from '../api/slack-method.ts';
import { isReply } from '../state/message-store.ts';

export const chatGetPermalink: SlackMethod = ({ args, world }) => {
  const channel = requireChannel(world, args.text('channel'));
  const message = requireMessage(world, channel.id, args.text('message_ts'));
  const place = `https://${world.directory.workspace.teamDomain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}`;
  const thread = isReply(message) ? `?thread_ts=${message.thread_ts}&cid=${channel.id}` : '';
  return { channel: channel.id, permalink: `${place}${thread}` };
};
