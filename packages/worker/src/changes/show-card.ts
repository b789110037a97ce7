import type { Change } from '@vera/protocol/change';
import type { Question } from '@vera/protocol/question';
import type { Log } from '@vera/service-kit/log';
import { cardIn, changeCard } from '@vera/slack/change-card';
import { postInThread } from '@vera/slack/post-in-thread';
import type { SlackCall } from '@vera/slack/slack-calls';
import { beyondChange, isRefusedWith } from '@vera/slack/slack-error';
import type { SlackMessage } from '@vera/slack/slack-message';
import type { ChangeBook } from './change-book.ts';

/** The question that changes were proposed for. */
export interface ChangedFor {
  readonly book: ChangeBook;
  readonly question: Question;
  /** The thread as it was read, in which a card may stand whose `ts` is on no record. */
  readonly messages: readonly SlackMessage[];
  /** It ends, and nobody is asked anything for it any more. */
  readonly isEnding?: boolean;
  readonly log: Log;
}

/**
 * Makes the thread hold one card of this change, in its true state. Rejects while Slack does not answer, so that it is tried again; a card
 * that somebody deleted, or that cannot be changed any more, is let be.
 */
export async function showCard(call: SlackCall, { book, question, messages, isEnding, log }: ChangedFor, change: Change): Promise<Change> {
  if (change.cardTs !== undefined && change.shown === change.state) return change;
  const card = { channel: question.channelId, ...changeCard(change, question.messageTs), unfurl_links: false, unfurl_media: false };
  const ts = change.cardTs ?? cardIn(messages, question.botUserId, change.id);
  // Nobody has seen it.
  if (ts === undefined && (change.isWithdrawn || isEnding)) return change;
  try {
    if (ts === undefined) {
      const cardTs = await postInThread(call, { ...card, thread_ts: question.threadTs });
      return await book.write({ ...change, cardTs, shown: change.state });
    }
    await call('chat.update', { ...card, ts }, { repeatable: true });
  } catch (error) {
    if (ts === undefined || !isRefusedWith(error, beyondChange)) throw error;
    log.warn('change.card-lost', { change: change.id, error });
  }
  return book.write({ ...change, cardTs: ts, shown: change.state });
}
