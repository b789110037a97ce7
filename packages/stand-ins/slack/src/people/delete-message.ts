import { announceDeleted } from '../events/announce.ts';
import type { SlackMessage } from '../slack-message.ts';
import type { World } from '../state/world.ts';

/** Deletes; the root of a thread with replies leaves a tombstone, as in Slack. */
export function deleteMessage(world: World, message: SlackMessage): void {
  const { channel, ts } = message;
  world.streams.close(channel, ts);
  if (message.reply_count) world.messages.put(tombstoneOf(message));
  else world.messages.remove(channel, ts);
  announceDeleted(world, message);
}

function tombstoneOf(message: SlackMessage): SlackMessage {
  const { type, ts, channel, thread_ts, reply_count, reply_users, reply_users_count, latest_reply } = message;
  const thread = { thread_ts: thread_ts ?? ts, reply_count: reply_count ?? 0, reply_users: reply_users ?? [] };
  return {
    type,
    ts,
    channel,
    subtype: 'tombstone',
    user: 'USLACKBOT',
    hidden: true,
    text: 'This message was deleted.',
    ...thread,
    reply_users_count: reply_users_count ?? 0,
    ...(latest_reply === undefined ? {} : { latest_reply }),
  };
}
