import type { Question } from '@vera/protocol/question';

/**
 * Where `chat.postEphemeral` shows the asker something alone. "Ephemeral messages in threads are only shown if there is already an active
 * thread", and a question that opens its thread has none yet: it gets the words below itself.
 * https://docs.slack.dev/reference/methods/chat.postEphemeral
 */
export function privatePlaceOf({ channelId, threadTs, messageTs, userId }: Question) {
  return { channel: channelId, user: userId, ...(threadTs === messageTs ? {} : { thread_ts: threadTs }) };
}
