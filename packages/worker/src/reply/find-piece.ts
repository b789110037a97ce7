import { readReplies } from '@vera/slack/read-replies';
import { type ReplyMark, replyMarkOf } from '@vera/slack/reply-mark';
import type { SlackMessage } from '@vera/slack/slack-message';
import type { StreamParams } from './stream-piece.ts';

export interface FindParams extends StreamParams {
  /** `ts` of the question; what Vera wrote for it is newer. */
  readonly messageTs: string;
  readonly botUserId: string;
}

/** A stream of ours that is open and that we do not know: the one whose `startStream` got no answer. */
export async function findOpenStream(params: FindParams, known: ReadonlySet<string>): Promise<string | undefined> {
  const messages = await ownMessages(params);
  return messages.findLast(({ ts, streaming_state }) => streaming_state === 'in_progress' && !known.has(ts))?.ts;
}

/** The post that carries this very mark. */
export async function findPost(params: FindParams, { question, leg, piece }: ReplyMark): Promise<string | undefined> {
  const messages = await ownMessages(params);
  return messages.find((message) => {
    const mark = replyMarkOf(message);
    return mark?.question === question && mark.leg === leg && mark.piece === piece;
  })?.ts;
}

async function ownMessages({ call, target, messageTs, botUserId }: FindParams): Promise<readonly SlackMessage[]> {
  const place = { channel: target.channel, threadTs: target.threadTs };
  const { messages } = await readReplies(call, place, { pageSize: 200, pages: 5, oldest: messageTs });
  return messages.filter((message) => message.user === botUserId && message.ts > messageTs);
}
