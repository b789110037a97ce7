import type { QuestionRecord } from '@vera/ledger/ledger';
import { readReplies } from '@vera/slack/read-replies';
import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
import type { SlackMessage } from '@vera/slack/slack-message';
import type { AnswerParams, HeldQuestion } from './story.ts';

const gone = new Set(['thread_not_found', 'channel_not_found', 'message_not_found']);

const bounds = { pageSize: 500, pages: 5 };
/** In a thread too long to be read whole, the days before the question are what matters. */
const daysBefore = 2;

/** The messages of the thread beside the question; none when nothing can stand there yet, or when it cannot be read but need not be. */
export async function readThread(
  { call, now }: Pick<AnswerParams, 'call' | 'now'>,
  { lease, log }: HeldQuestion,
): Promise<readonly SlackMessage[] | 'gone'> {
  const { channelId: channel, threadTs, messageTs } = lease.record.question;
  if (isUntouched(lease.record)) return [];
  const started = now();
  try {
    const place = { channel, threadTs };
    const { messages: first, pages, isComplete } = await readReplies(call, place, bounds);
    const messages = isComplete ? first : await withNewest(call, place, first, messageTs);
    log.info('thread.read', { messages: messages.length, pages, milliseconds: now() - started });
    return messages;
  } catch (error) {
    log.warn('thread.unreadable', { error });
    if (error instanceof SlackError && gone.has(error.reason)) return 'gone';
    // Without the thread nobody knows what an earlier attempt wrote into it, a card for one.
    if (lease.record.attempts > 1 || Object.values(lease.record.changes).some(({ cardTs }) => cardTs === undefined)) throw error;
    return [];
  }
}

/** The question opens its thread, and no worker wrote anything for it so far. */
function isUntouched({ question, attempts, leg, replies, changes }: QuestionRecord): boolean {
  const isFirst = attempts === 1 && leg === 0 && replies.length === 0 && Object.keys(changes).length === 0;
  return isFirst && question.messageTs === question.threadTs;
}

/** Slack hands out the oldest messages first; those around the question are read by themselves. */
async function withNewest(
  call: SlackCall,
  place: { channel: string; threadTs: string },
  first: readonly SlackMessage[],
  messageTs: string,
) {
  const oldest = (Number(messageTs) - daysBefore * 86_400).toFixed(6);
  const { messages: newest } = await readReplies(call, place, { ...bounds, oldest });
  const byTs = new Map([...first, ...newest].map((message) => [message.ts, message]));
  return [...byTs.values()].sort((a, b) => Number(a.ts) - Number(b.ts));
}
