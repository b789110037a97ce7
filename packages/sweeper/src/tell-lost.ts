import type { Outcome, QuestionRecord } from '@vera/ledger/ledger';
import { nameInMarkup } from '@vera/slack/change-card';
import { type EndStreamParams, endStream } from '@vera/slack/end-stream';
import { againWords, endsOfChanges } from '@vera/slack/ends-of-changes';
import { blocksWithEndedSteps, endOfOpenSteps } from '@vera/slack/open-steps';
import { postInThread } from '@vera/slack/post-in-thread';
import { endQueued } from '@vera/slack/queued-mark';
import { readReplies } from '@vera/slack/read-replies';
import { replaceBlocks } from '@vera/slack/replace-blocks';
import { isOfTurn, isPlaceholder, replyMarkOf, toMetadata } from '@vera/slack/reply-mark';
import { retryButton } from '@vera/slack/retry-button';
import { endWorking } from '@vera/slack/session-status';
import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
import type { SlackMessage } from '@vera/slack/slack-message';
import { closeCards } from './close-cards.ts';

/** Nobody can be told in a place that is gone, or that does not take our words. What somebody puts right, as our token, is not here. */
const nowhere = new Set([
  'thread_not_found',
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'message_not_found',
  'cannot_reply_to_message',
  'messages_tab_disabled',
  'account_inactive',
]);

const unreadable = new Set(['missing_scope', 'no_permission', 'access_denied']);

export interface Told {
  readonly outcome: Outcome;
  /** It stood in the thread already: somebody had said all of it, and died before that was on record. */
  readonly isFound: boolean;
}

/** Posts that a question was lost and how to ask again, once: what stands in the thread already is found by its mark. */
export async function tellLost(slack: EndStreamParams, record: QuestionRecord): Promise<Told> {
  const { call } = slack;
  const { question } = record;
  try {
    const messages = await readThread(call, record);
    const turn = { question: question.id, leg: record.leg };
    await Promise.all([endWorking(call, question), endQueued(call, record), removePlaceholders(call, record, messages)]);
    const found = messages.map(replyMarkOf).find((mark) => isOfTurn(mark, turn) && mark?.outcome !== undefined)?.outcome;
    if (found) return { outcome: found, isFound: true };
    await endStreams(slack, record, messages);
    await closeCards(call, record, messages);
    if ((record.withdrawnAt ?? 0) > 0) return { outcome: 'stopped', isFound: false };
    const outcome = (record.stopRequestedAt ?? 0) > 0 ? 'stopped' : 'failed';
    await postInThread(call, {
      channel: question.channelId,
      thread_ts: question.threadTs,
      ...messageFor(outcome, record),
      metadata: toMetadata({ ...turn, piece: 1, outcome }),
      unfurl_links: false,
    });
    return { outcome, isFound: false };
  } catch (error) {
    if (error instanceof SlackError && error.kind === 'refused' && isNowhere(error.reason)) return { outcome: 'failed', isFound: false };
    throw error;
  }
}

async function readThread(call: SlackCall, { question }: QuestionRecord): Promise<readonly SlackMessage[]> {
  const place = { channel: question.channelId, threadTs: question.threadTs };
  const bounds = { pageSize: 500, pages: 5, oldest: question.messageTs };
  const { messages } = await readReplies(call, place, bounds).catch((error: unknown) => {
    // Who may not read the thread can still write into it.
    if (error instanceof SlackError && unreadable.has(error.reason)) return { messages: [] };
    throw error;
  });
  return messages;
}

function messageFor(outcome: 'stopped' | 'failed', record: QuestionRecord) {
  const changes = Object.values(record.changes).sort((one, other) => one.proposedAt - other.proposedAt);
  const { done, notDone, notKnown } = endsOfChanges(changes, nameInMarkup);
  const ends = [done, notDone, notKnown].filter((line) => line !== '').join('\n');
  const text = [wordsFor(outcome, record), ends, againWords(changes)].filter((part) => part !== '').join('\n\n');
  const { messageTs } = record.question;
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }, retryButton({ messageTs, leg: record.leg })] };
}

/** Where Slack shows no status, a message of the dead worker says that it thinks. */
async function removePlaceholders(call: SlackCall, { question, leg }: QuestionRecord, messages: readonly SlackMessage[]): Promise<void> {
  const standing = messages.filter((message) => isPlaceholder(replyMarkOf(message), { question: question.id, leg }));
  for (const { ts } of standing)
    await call('chat.delete', { channel: question.channelId, ts }, { repeatable: true }).catch(() => undefined);
}

/** What a dead worker was saying looks as if it went on for minutes. Others may be spoken of in the thread meanwhile: only what is on record. */
async function endStreams(
  slack: EndStreamParams,
  { question, leg, replies }: QuestionRecord,
  messages: readonly SlackMessage[],
): Promise<void> {
  const known = new Map(messages.map((message) => [message.ts, message]));
  for (const [index, ts] of replies.entries()) {
    const message = known.get(ts);
    const metadata = toMetadata({ question: question.id, leg, piece: index + 1 });
    // One that was not read, as in a thread too long or one we may not read, may be open, too; Slack refuses for any other.
    if (message === undefined || message.streaming_state === 'in_progress') {
      // Where it is not ended, Slack does it by itself after some minutes.
      await endStream(slack, { channel: question.channelId, ts, ...endOfOpenSteps(message ?? {}), metadata });
    } else await endSteps(slack.call, question.channelId, message);
  }
}

/** Slack ended it by itself, and left its steps at work. */
async function endSteps(call: SlackCall, channel: string, message: SlackMessage): Promise<void> {
  const blocks = blocksWithEndedSteps(message);
  if (blocks) await replaceBlocks(call, channel, message, blocks).catch(() => undefined);
}

/** `restricted_action` comes with several endings, one for each way in which admins keep a channel for themselves. */
function isNowhere(reason: string): boolean {
  return nowhere.has(reason) || reason.startsWith('restricted_action');
}

function wordsFor(outcome: 'stopped' | 'failed', { question, replies, attempts }: QuestionRecord): string {
  if (outcome === 'stopped') return '_Stopped._';
  const why =
    attempts === 0
      ? 'nothing of me has been free for this question for too long, so I gave it up.'
      : 'I could not finish this question, although I tried several times.';
  const partly = replies.length > 0 ? ' What stands above may be incomplete.' : '';
  return `I am sorry: ${why}${partly} Please ask it again; if it is lost once more, tell the team that runs me.\n\n_Question ${question.id}_`;
}
