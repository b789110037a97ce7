import type { SlackMessage, WorkspaceChannel } from '../contract.ts';
import type { World } from '../state/world.ts';
import { changedEvent, deletedEvent, mentionEvent, messageEvent } from './message-events.ts';

/** Tells the app of a new message: `message`, and its twin `app_mention` where somebody else mentioned the bot in a channel. */
export function announcePosted(world: World, message: SlackMessage): void {
  const channel = heardIn(world, message.channel);
  if (!channel) return;
  const isExternal = channel.isExtShared ?? false;
  const root = message.thread_ts === undefined ? undefined : world.messages.get(channel.id, message.thread_ts);
  world.feed.emit(messageEvent(message, channel, root), isExternal);
  if (isMention(world, message, channel)) world.feed.emit(mentionEvent(message), isExternal);
}

/** Tells the app of an edit; a mention that was not there before counts as one. */
export function announceChanged(world: World, message: SlackMessage, previous: SlackMessage): void {
  const channel = heardIn(world, message.channel);
  if (!channel) return;
  const isExternal = channel.isExtShared ?? false;
  world.feed.emit(changedEvent(message, previous, channel, world.timestamps.next()), isExternal);
  if (isMention(world, message, channel) && !isMention(world, previous, channel)) world.feed.emit(mentionEvent(message), isExternal);
}

export function announceDeleted(world: World, previous: SlackMessage): void {
  const channel = heardIn(world, previous.channel);
  if (channel) world.feed.emit(deletedEvent(previous, channel, world.timestamps.next()), channel.isExtShared ?? false);
}

/** Slack tells an app nothing of channels its bot is not in. */
function heardIn({ directory }: World, id: string): WorkspaceChannel | undefined {
  const channel = directory.channel(id);
  return channel?.members.includes(directory.workspace.botUserId) ? channel : undefined;
}

/** Direct messages never count as mentions, nor does what the bot says of itself. */
function isMention({ directory }: World, { text, bot_id }: SlackMessage, { kind }: WorkspaceChannel): boolean {
  const { botUserId, botId } = directory.workspace;
  return kind !== 'im' && bot_id !== botId && new RegExp(`<@${botUserId}(?:\\|[^>]*)?>`).test(text);
}
