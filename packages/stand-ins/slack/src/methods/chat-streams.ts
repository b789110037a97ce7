import { isThread, requireChannel, requireMessage, requireWritable } from '../api/require-channel.ts';
import type { MethodCall, SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';
import type { SlackSession } from '../contract.ts';
import { announceChanged, announcePosted } from '../events/announce.ts';
import type { SlackMessage } from '../slack-message.ts';
import { toApiMessage } from '../state/message-store.ts';
import type { World } from '../state/world.ts';
import type { WorkspaceChannel } from '../workspace.ts';
import { botAuthor, inThread, readMetadata } from './bot-message.ts';
import { checkStreamBlocks, growMessage, readChunks } from './stream-chunks.ts';

export const chatStartStream: SlackMethod = ({ args, world }) => {
  if (!world.agentFeatures) refuse('channel_type_not_supported');
  const channel = requireWritable(world, args.text('channel'));
  const threadTs = args.text('thread_ts');
  if (!isThread(world, channel.id, threadTs)) refuse('invalid_thread_ts');
  checkRecipient({ args, world }, channel);
  const chunks = readChunks(args, world);
  const empty: SlackMessage = {
    type: 'message',
    ts: world.timestamps.next(),
    channel: channel.id,
    ...botAuthor(world, args),
    text: '',
    ...inThread(world, channel.id, threadTs),
    streaming_state: 'in_progress',
    ...(args.text('task_display_mode') === 'plan' ? { steps_as_plan: true } : {}),
  };
  const message = growMessage(empty, chunks);
  requireOneMode({ args, world }, message, chunks);
  world.messages.put(message);
  world.streams.open(channel.id, message.ts);
  world.sessions.posted(channel.id, threadTs);
  world.sessions.setStatus(channel.id, threadTs, 'processing');
  announcePosted(world, message);
  return { channel: channel.id, ts: message.ts };
};

/** In a channel Slack must know who is being answered; in a direct conversation it does. */
function checkRecipient({ args, world }: Pick<MethodCall, 'args' | 'world'>, { kind }: WorkspaceChannel): void {
  const user = args.text('recipient_user_id');
  if (kind !== 'im') {
    if (user === '') refuse('missing_recipient_user_id');
    if (args.text('recipient_team_id') === '') refuse('missing_recipient_team_id');
  }
  if (user !== '' && !world.directory.user(user)) refuse('user_not_found');
}

export const chatAppendStream: SlackMethod = ({ args, world }) => {
  const channel = requireChannel(world, args.text('channel'));
  const message = requireMessage(world, channel.id, args.text('ts'));
  if (message.bot_id !== world.directory.workspace.botId) refuse('message_not_owned_by_app');
  if (world.streams.wasStoppedByUser(channel.id, message.ts)) refuse('stopped_by_user');
  if (!world.streams.isLive(channel.id, message.ts)) refuse('message_not_in_streaming_state');
  const chunks = readChunks(args, world);
  if (chunks.length === 0) refuse('no_text');
  requireOneMode({ args, world }, message, chunks);
  world.messages.put(growMessage(message, chunks));
  return { channel: channel.id, ts: message.ts };
};

export const chatStopStream: SlackMethod = ({ args, world }) => {
  const channel = requireChannel(world, args.text('channel'));
  const previous = requireMessage(world, channel.id, args.text('ts'));
  if (previous.bot_id !== world.directory.workspace.botId) refuse('message_not_owned_by_app');
  if (!world.streams.isLive(channel.id, previous.ts)) refuse('message_not_in_streaming_state');
  const chunks = readChunks(args, world);
  requireOneMode({ args, world }, previous, chunks);
  const blocks = args.list('blocks', 'invalid_blocks') ?? [];
  checkStreamBlocks(blocks, world.lacksBlocks);
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

/**
 * A stream that began with `markdown_text` takes no chunks, and the other way round; blocks under its end are for both. Seen by several:
 * https://github.com/NousResearch/hermes-agent/pull/104173. The client's own `ChatStreamer` sends all its text as chunks.
 */
function requireOneMode(
  { args, world }: Pick<MethodCall, 'args' | 'world'>,
  { channel, ts }: SlackMessage,
  chunks: readonly unknown[],
): void {
  if (chunks.length === 0) return;
  const mode = args.text('markdown_text') === '' ? 'chunks' : 'markdown_text';
  if (world.streams.modeOf(channel, ts, mode) !== mode) refuse('streaming_mode_mismatch');
}

/** Slack's own end of a stream that ran too long. */
export function expireStream(world: World, channel: string, ts: string): void {
  const message = world.messages.get(channel, ts);
  if (message?.streaming_state !== 'in_progress') return;
  world.messages.put({ ...message, streaming_state: 'errored' });
  world.sessions.setStatus(channel, message.thread_ts ?? ts, 'active');
}
