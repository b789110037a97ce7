import type { Outcome, QuestionRecord } from '@vera/ledger/ledger';
import { changeMarkOf } from '@vera/slack/change-card';
import { type EndStreamParams, endStream } from '@vera/slack/end-stream';
import { endOfOpenSteps } from '@vera/slack/open-steps';
import { replaceBlocks } from '@vera/slack/replace-blocks';
import { isOfTurn, isPlaceholder, type ReplyMark, replyMarkOf } from '@vera/slack/reply-mark';
import { blocksWithoutRetry } from '@vera/slack/retry-button';
import { isRefusedWith } from '@vera/slack/slack-error';
import type { SlackMessage } from '@vera/slack/slack-message';
import { deleteFile } from '../attachments/delete-file.ts';
import { otherQuestions } from './other-questions.ts';
import type { AnswerParams, HeldQuestion } from './story.ts';

/** After a crash: takes the broken answer back, or gives the outcome of one that was complete. */
export async function clearAway(
  { call, pause, leases }: Pick<AnswerParams, 'call' | 'pause' | 'leases'>,
  { lease, log }: HeldQuestion,
  messages: readonly SlackMessage[],
): Promise<Outcome | undefined> {
  const { record } = lease;
  const { question, leg } = record;
  const placeholders = (isMeant: (of: number) => boolean) => placeholdersOf(question.id, messages, isMeant);
  // Who let go in an earlier turn, and died, may have put one up after that.
  const old = placeholders((of) => of < leg);
  await removeLeftovers({ call, pause }, question.channelId, old);
  if (record.attempts === 1 && record.replies.length === 0) return undefined;
  const others = await otherQuestions({ leases }, question);
  const { outcome, messages: broken } = findLeftovers(record, others, messages);
  if (outcome) {
    for (const { ts } of messages.filter((message) => broken.includes(message.ts) && message.streaming_state === 'in_progress'))
      await endStream({ call, pause }, { channel: question.channelId, ts });
    const own = placeholders((of) => of === leg);
    await removeLeftovers({ call, pause }, question.channelId, own);
    return outcome;
  }
  if (broken.length > 0) log.info('reply.taken-back', { messages: broken.length });
  const left = await removeLeftovers({ call, pause }, question.channelId, broken, messages);
  if (left.length > 0) log.error('reply.still-shown', { messages: left });
  return undefined;
}

/** `ts` of what stands in place of a status, in the turns that are meant. */
function placeholdersOf(question: string, messages: readonly SlackMessage[], isMeant: (leg: number) => boolean): readonly string[] {
  const isOurs = (mark?: ReplyMark) => {
    const leg = mark?.leg ?? 0;
    return isMeant(leg) && isPlaceholder(mark, { question, leg });
  };
  return messages.filter((message) => isOurs(replyMarkOf(message))).map(({ ts }) => ts);
}

/** What a worker that died left in the thread. */
export interface Leftovers {
  /** Set when the answer was complete and only the ledger did not learn of it. */
  readonly outcome?: NonNullable<ReplyMark['outcome']>;
  /** `ts` of messages of the broken answer. */
  readonly messages: readonly string[];
}

/** Looks through the thread for what earlier attempts at this question wrote. `others`: the thread's other questions. */
export function findLeftovers(record: QuestionRecord, others: readonly QuestionRecord[], messages: readonly SlackMessage[]): Leftovers {
  const { question, startedAt = 0 } = record;
  const foreign = new Set(others.flatMap(({ replies }) => replies));
  const ours = messages.filter((message) => message.user === question.botUserId && !foreign.has(message.ts));
  const turn = { question: question.id, leg: record.leg };
  const marked = ours.filter((message) => isOfTurn(replyMarkOf(message), turn));
  const outcome = marked.map((message) => replyMarkOf(message)?.outcome).find((found) => found !== undefined);
  // A stream carries no mark before it ends: one of ours that is still open, or that nobody else owns, began with this question.
  const isUnmarked = (message: SlackMessage) => replyMarkOf(message) === undefined && changeMarkOf(message) === undefined;
  const isOrphan = (message: SlackMessage) => isUnmarked(message) && Number(message.ts) * 1000 >= startedAt - 5_000;
  const left = ours.filter((message) => marked.includes(message) || record.replies.includes(message.ts) || isOrphan(message));
  return { ...(outcome ? { outcome } : {}), messages: left.map(({ ts }) => ts) };
}

/** Once it is tried again, the button of what failed before goes. */
export async function removeRetryButtons(
  { call }: Pick<AnswerParams, 'call'>,
  { lease, log }: HeldQuestion,
  messages: readonly SlackMessage[],
): Promise<void> {
  const { question } = lease.record;
  for (const message of messages) {
    const blocks = blocksWithoutRetry(message);
    if (message.user !== question.botUserId || replyMarkOf(message)?.question !== question.id || !blocks) continue;
    await replaceBlocks(call, question.channelId, message, blocks).catch((error: unknown) =>
      log.warn('retry-button.not-removed', { error }),
    );
  }
}

const alreadyGone = new Set(['message_not_found']);

/**
 * Takes a broken answer back, so that the thread holds one answer in the end. `read`: the thread, as far as it was. Gives the `ts` of those that
 * Slack let neither go nor be changed.
 */
export async function removeLeftovers(
  { call, pause }: EndStreamParams,
  channel: string,
  messages: readonly string[],
  read: readonly SlackMessage[] = [],
): Promise<readonly string[]> {
  const left: string[] = [];
  const known = new Map(read.map((message) => [message.ts, message]));
  for (const ts of messages) {
    // Without its message a file would still lie at Slack, with its address.
    for (const { id } of known.get(ts)?.files ?? []) if (id !== undefined) await deleteFile(call, id);
    await endStream({ call, pause }, { channel, ts, ...endOfOpenSteps(known.get(ts) ?? {}) });
    try {
      await call('chat.delete', { channel, ts }, { repeatable: true });
    } catch (error) {
      if (isRefusedWith(error, alreadyGone)) continue;
      const text = '_I was interrupted here; my answer is below._';
      await call('chat.update', { channel, ts, text, blocks: [] }, { repeatable: true }).catch(() => left.push(ts));
    }
  }
  return left;
}
