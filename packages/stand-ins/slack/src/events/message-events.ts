import type { SlackMessage, WorkspaceChannel } from '../contract.ts';
import { toApiMessage } from '../state/api-message.ts';
import type { InnerEvent } from './envelope.ts';

/** `message`: somebody wrote. `root` goes along when a reply is sent to the channel too. */
export function messageEvent(message: SlackMessage, channel: WorkspaceChannel, root?: SlackMessage): InnerEvent {
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
export function mentionEvent(message: SlackMessage): InnerEvent {
  const { subtype: _subtype, reactions: _reactions, ...known } = toApiMessage(message);
  return { ...known, type: 'app_mention', channel: message.channel, event_ts: message.edited?.ts ?? message.ts };
}

export function changedEvent(message: SlackMessage, previous: SlackMessage, channel: WorkspaceChannel, ts: string): InnerEvent {
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

export function deletedEvent(previous: SlackMessage, channel: WorkspaceChannel, ts: string): InnerEvent {
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
