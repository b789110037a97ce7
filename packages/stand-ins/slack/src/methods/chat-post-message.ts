import { isThread, requireWritable } from '../api/require-channel.ts';
import type { SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';
import type { SlackMessage } from '../contract.ts';
import { announcePosted } from '../events/announce.ts';
import { toApiMessage } from '../state/api-message.ts';
import type { World } from '../state/world.ts';
import { botAuthor } from './bot-author.ts';
import { readContent } from './message-content.ts';
import { readMetadata } from './read-metadata.ts';

export const chatPostMessage: SlackMethod = (call) => {
  const { args, world } = call;
  const channel = requireWritable(world, args.text('channel'));
  const content = readContent(call, { tooLong: 'msg_blocks_too_long', badAttachments: 'invalid_array_arg' });
  const metadata = readMetadata(args);
  const threadTs = args.text('thread_ts');
  if (threadTs !== '' && !isThread(world, channel.id, threadTs)) refuse('cannot_reply_to_message');
  const author = botAuthor(world, args);
  const isBroadcast = threadTs !== '' && args.flag('reply_broadcast');
  const message: SlackMessage = {
    type: 'message',
    ts: world.timestamps.next(),
    channel: channel.id,
    ...author,
    ...(isBroadcast ? { subtype: 'thread_broadcast' } : {}),
    ...content,
    ...inThread(world, channel.id, threadTs),
    ...(metadata && metadata !== 'none' ? { metadata } : {}),
  };
  world.messages.put(message);
  if (threadTs !== '') world.sessions.posted(channel.id, threadTs);
  announcePosted(world, message);
  return { channel: channel.id, ts: message.ts, message: toApiMessage(message, true) };
};

/** What a message says of the thread it is in. */
export function inThread({ messages }: World, channel: string, threadTs: string): Pick<SlackMessage, 'thread_ts' | 'parent_user_id'> {
  if (threadTs === '') return {};
  const parent = messages.get(channel, threadTs)?.user;
  return { thread_ts: threadTs, ...(parent === undefined ? {} : { parent_user_id: parent }) };
}
