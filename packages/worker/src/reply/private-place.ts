import type { Question } from '@vera/protocol/question';

/**
 * Where `chat.postEphemeral` shows the asker something alone. "Ephemeral messages in threads are only shown if there is already an active
 * thread", and a question that opens its thread has none yet: it gets the words below itself.
 * https://docs.slack.dev/reference/methods/chat.postEphemeral
 */
export function privatePlaceOf({ channelId, threadTs, messageTs, userId }: Question) {
  return { channel: channelId, user: userId, ...(threadTs === messageTs ? {} : { thread_ts: threadTs }) };
}

/** Refusals of this place or thread; Slack has no other way that only they could see, short of the right to open direct messages. */
export const notShownPrivately = new Set([
  'user_not_in_channel',
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'cannot_reply_to_message',
  'messages_tab_disabled',
  'restricted_action',
]);
