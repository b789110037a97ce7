import { isThread, requireChannel, requireMessage, requireWritable } from '../api/require-channel.ts';
import type { MethodCall, SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';
import { announceChanged, announcePosted } from '../events/announce.ts';
import { deleteMessage } from '../people/delete-message.ts';
import type { SlackMessage } from '../slack-message.ts';
import { isReply, toApiMessage, withoutStreamed } from '../state/message-store.ts';
import type { World } from '../state/world.ts';
import { botAuthor, type Content, inThread, readContent, readMetadata, threadLeft } from './bot-message.ts';

export const chatPostMessage: SlackMethod = (call) => {
  const { args, world } = call;
  const channel = requireWritable(world, args.text('channel'));
  const content = readContent(call, { tooLong: 'msg_blocks_too_long', badAttachments: 'invalid_array_arg' });
  const metadata = readMetadata(args);
  const threadTs = threadLeft(world, channel.id, args.text('thread_ts'));
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

const longestUpdate = 4_000;

export const chatUpdate: SlackMethod = (call) => {
  const { args, world } = call;
  const channel = requireChannel(world, args.text('channel'));
  if (channel.isArchived) refuse('is_inactive');
  const previous = requireMessage(world, channel.id, args.text('ts'));
  if (previous.bot_id !== world.directory.workspace.botId) refuse('cant_update_message');
  if (world.streams.isLive(channel.id, previous.ts)) refuse('streaming_state_conflict');
  const content = contentOf(call, previous);
  const metadata = readMetadata(args);
  const { metadata: kept, ...rest } = withoutStreamed(previous);
  const nextMetadata = metadata === undefined ? kept : metadata;
  const message: SlackMessage = {
    ...rest,
    ...content,
    ...(nextMetadata && nextMetadata !== 'none' ? { metadata: nextMetadata } : {}),
    edited: { user: world.directory.workspace.botId, ts: world.timestamps.next() },
  };
  world.messages.put(message);
  announceChanged(world, message, previous);
  return { channel: channel.id, ts: message.ts, text: message.text, message: toApiMessage(message, true) };
};

/** Nothing but metadata may be given, too; then what the message says stays. An empty list of blocks removes them. */
function contentOf(call: MethodCall, previous: SlackMessage): Content {
  const { args } = call;
  if (args.text('text').length > longestUpdate) refuse('msg_too_long');
  const given = ['text', 'blocks', 'attachments', 'markdown_text'].some((name) => args.has(name));
  if (!given && args.has('metadata')) return previous;
  const content = readContent(call, { tooLong: 'msg_too_long', badAttachments: 'invalid_attachments' });
  return { ...(previous.attachments && !args.has('attachments') ? { attachments: previous.attachments } : {}), ...content };
}

export const chatDelete: SlackMethod = ({ args, world }) => {
  const channel = requireChannel(world, args.text('channel'));
  const message = requireMessage(world, channel.id, args.text('ts'));
  if (message.bot_id !== world.directory.workspace.botId) refuse('cant_delete_message');
  deleteMessage(world, message);
  return { channel: channel.id, ts: message.ts };
};

export const chatGetPermalink: SlackMethod = ({ args, world }) => {
  const channel = requireChannel(world, args.text('channel'));
  const message = requireMessage(world, channel.id, args.text('message_ts'));
  return { channel: channel.id, permalink: permalinkOf(world, message) };
};

export function permalinkOf({ directory }: World, message: SlackMessage): string {
  const { channel, ts, thread_ts } = message;
  const place = `https://${directory.workspace.teamDomain}.slack.com/archives/${channel}/p${ts.replace('.', '')}`;
  return isReply(message) ? `${place}?thread_ts=${thread_ts}&cid=${channel}` : place;
}
