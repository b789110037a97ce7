import { isThread, requireWritable } from '../api/require-channel.ts';
import type { SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';
import type { SlackMessage } from '../contract.ts';
import { botAuthor } from './bot-author.ts';
import { readContent } from './message-content.ts';

/** Seen by one person, kept by nobody: no history has it and nothing can change it. */
export const chatPostEphemeral: SlackMethod = (call) => {
  const { args, world } = call;
  const channel = requireWritable(world, args.text('channel'));
  const user = args.text('user');
  if (!channel.members.includes(user)) refuse('user_not_in_channel');
  const content = readContent(call, { tooLong: 'msg_too_long', badAttachments: 'invalid_attachments' });
  const threadTs = args.text('thread_ts');
  if (threadTs !== '' && !isThread(world, channel.id, threadTs)) refuse('cannot_reply_to_message');
  const message: SlackMessage = {
    type: 'message',
    ts: world.timestamps.next(),
    channel: channel.id,
    ...botAuthor(world, args),
    ...content,
    ...(threadTs === '' ? {} : { thread_ts: threadTs }),
  };
  // Slack takes it and shows nobody a message in a thread to which nobody has replied yet.
  if (threadTs === '' || world.messages.get(channel.id, threadTs)?.reply_count) world.ephemerals.show(user, message);
  return { message_ts: message.ts };
};
