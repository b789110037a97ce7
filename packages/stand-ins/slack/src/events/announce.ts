import type { SlackMessage } from '../slack-message.ts';
import { toApiMessage } from '../state/message-store.ts';
import type { World } from '../state/world.ts';
import type { WorkspaceChannel } from '../workspace.ts';
import type { InnerEvent } from './envelope.ts';

/** Tells the app of a new message: `message`, and its twin `app_mention` where somebody else mentioned the bot in a channel. */
export function announcePosted(world: World, message: SlackMessage): void {
  const channel = heardIn(world, message.channel);
  if (!channel) return;
  const isExternal = channel.isExtShared ?? false;
  const root = message.thread_ts === undefined ? undefined : world.messages.get(channel.id, message.thread_ts);
  world.feed.emit({ ...messageEvent(message, channel, root), ...actionTokenOf(world, message, channel) }, isExternal);
  if (isMention(world, message, channel))
    world.feed.emit({ ...mentionEvent(message), ...actionTokenOf(world, message, channel) }, isExternal);
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

/**
 * Tells the app of a reaction, where it has `reactions:read`: the message by channel and `ts`, never its thread, and its author where a user
 * wrote it. https://docs.slack.dev/reference/events/reaction_added
 */
export function announceReaction(
  world: World,
  message: SlackMessage,
  { name, user }: { readonly name: string; readonly user: string },
): void {
  const channel = heardIn(world, message.channel);
  if (!channel || !world.botScopes.includes('reactions:read')) return;
  const item = { type: 'message', channel: channel.id, ts: message.ts };
  const author = message.user === undefined ? {} : { item_user: message.user };
  world.feed.emit(
    { type: 'reaction_added', user, reaction: name, item, ...author, event_ts: world.timestamps.next() },
    channel.isExtShared ?? false,
  );
}

/** Slack tells an app nothing of channels its bot is not in. */
function heardIn({ directory }: World, id: string): WorkspaceChannel | undefined {
  const channel = directory.channel(id);
  return channel?.members.includes(directory.workspace.botUserId) ? channel : undefined;
}

/**
 * With what the app may search as the person who wrote: an agent is sent it at the top of `message` and `app_mention`
 * (https://github.com/slack-go/slack/issues/1577), in a direct message within `assistant_thread`
 * (https://github.com/slackapi/bolt-python/issues/1452). Not for what apps write, and not with an edit.
 */
function actionTokenOf({ agentFeatures, tickets }: World, { user, bot_id }: SlackMessage, { kind }: WorkspaceChannel) {
  if (!agentFeatures || user === undefined || bot_id !== undefined) return {};
  const token = { action_token: tickets.issueAction(user) };
  return kind === 'im' ? { assistant_thread: token } : token;
}

/** Direct messages never count as mentions, nor does what the bot says of itself. */
function isMention({ directory }: World, { text, bot_id }: SlackMessage, { kind }: WorkspaceChannel): boolean {
  const { botUserId, botId } = directory.workspace;
  return kind !== 'im' && bot_id !== botId && new RegExp(`<@${botUserId}(?:\\|[^>]*)?>`).test(text);
}

/** `message`: somebody wrote. `root` goes along when a reply is sent to the channel too. */
function messageEvent(message: SlackMessage, channel: WorkspaceChannel, root?: SlackMessage): InnerEvent {
  return {
    ...toApiMessage(message),
    ...(message.subtype === 'thread_broadcast' && root ? { root: toApiMessage(root) } : {}),
    type: 'message',
    channel: channel.id,
    event_ts: message.ts,
    channel_type: channel.kind,
  };
}

/** The twin of a `message`: without subtype and `channel_type`. */
function mentionEvent(message: SlackMessage): InnerEvent {
  const { subtype: _subtype, reactions: _reactions, ...known } = toApiMessage(message);
  return { ...known, type: 'app_mention', channel: message.channel, event_ts: message.edited?.ts ?? message.ts };
}

function changedEvent(message: SlackMessage, previous: SlackMessage, channel: WorkspaceChannel, ts: string): InnerEvent {
  return {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    channel: channel.id,
    channel_type: channel.kind,
    ts,
    event_ts: ts,
    message: { ...toApiMessage(message), source_team: message.team, user_team: message.team },
    previous_message: toApiMessage(previous),
  };
}

function deletedEvent(previous: SlackMessage, channel: WorkspaceChannel, ts: string): InnerEvent {
  return {
    type: 'message',
    subtype: 'message_deleted',
    hidden: true,
    channel: channel.id,
    channel_type: channel.kind,
    ts,
    event_ts: ts,
    deleted_ts: previous.ts,
    previous_message: toApiMessage(previous),
  };
}
