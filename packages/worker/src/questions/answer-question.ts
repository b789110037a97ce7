import type { Lease, Leases, Outcome } from '@vera/ledger/ledger';
import { shorten, textLimits } from '@vera/protocol/shorten';
import type { Log } from '@vera/service-kit/log';
import { readReplies } from '@vera/slack/read-replies';
import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
import type { SlackMessage } from '@vera/slack/slack-message';
import { ChangeMovedError } from '../changes/change-book.ts';
import type { PersonAccounts } from '../changes/person-accounts.ts';
import type { ShowStatus } from '../reply/status.ts';
import { closeStory } from './close-story.ts';
import { findLeftovers, removeLeftovers } from './leftovers.ts';
import type { RunAgentParams } from './run-agent.ts';
import { takeTurn } from './take-turn.ts';

export interface AnswerParams extends RunAgentParams {
  readonly call: SlackCall;
  readonly leases: Leases;
  readonly showStatus: ShowStatus;
  /** Undefined: nothing is done as a person. */
  readonly accounts?: PersonAccounts;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Why the work on a question ends before its answer is complete. */
export type Interruption = 'stop' | 'shutdown' | 'lease-lost' | 'timeout';

/**
 * How the story of a question ended: `released` and `left` leave it to another worker, `waiting` to a person; `again`: the person answered
 * before it waited.
 */
export type StoryEnd = Outcome | 'released' | 'left' | 'waiting' | 'again';

export interface Story {
  readonly lease: Lease;
  readonly log: Log;
  /** Aborted with an `Interruption` as reason. */
  readonly signal: AbortSignal;
  readonly interrupt: (reason: Interruption) => void;
}

/** The story of one question, from the lease to the closed record. Rejects only when the ledger cannot be reached. */
export async function answerQuestion(params: AnswerParams, story: Story): Promise<StoryEnd> {
  const { lease, log } = story;
  const { question } = lease.record;
  const status = params.showStatus(question, titleOf(question.text), lease.record.leg);
  try {
    const messages = await readThread(params, story);
    if (messages === 'gone') return await closeStory(params, story, 'failed', 'thread-gone');
    const complete = await clearAway(params, story, messages);
    if (complete) return await closeStory(params, story, complete, 'found-complete');
    return await takeTurn(params, story, { status, messages });
  } catch (error) {
    if (error instanceof ChangeMovedError && (await lease.renew()).held) return 'again';
    log.error('question.interrupted', { error });
    return (await lease.release()) ? 'released' : 'left';
  } finally {
    await status.clear();
  }
}

const gone = new Set(['thread_not_found', 'channel_not_found', 'message_not_found']);

const bounds = { pageSize: 500, pages: 5 };
/** In a thread too long to be read whole, the days before the question are what matters. */
const daysBefore = 2;

/** The messages of the thread; none when it cannot be read but need not be. */
async function readThread(params: AnswerParams, { lease, log }: Story): Promise<readonly SlackMessage[] | 'gone'> {
  const { channelId: channel, threadTs, messageTs } = lease.record.question;
  const started = params.now();
  try {
    const place = { channel, threadTs };
    const { messages: first, pages, isComplete } = await readReplies(params.call, place, bounds);
    const messages = isComplete ? first : await withNewest(params.call, place, first, messageTs);
    log.info('thread.read', { messages: messages.length, pages, milliseconds: params.now() - started });
    return messages;
  } catch (error) {
    log.warn('thread.unreadable', { error });
    if (error instanceof SlackError && gone.has(error.reason)) return 'gone';
    // Without the thread nobody knows what an earlier attempt wrote into it, a card for one.
    if (lease.record.attempts > 1 || Object.values(lease.record.changes).some(({ cardTs }) => cardTs === undefined)) throw error;
    return [];
  }
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

/** After a crash: takes the broken answer back, or gives the outcome of one that was complete. */
async function clearAway(params: AnswerParams, { lease, log }: Story, messages: readonly SlackMessage[]): Promise<Outcome | undefined> {
  const { record } = lease;
  if (record.attempts === 1 && record.replies.length === 0) return undefined;
  const others = (await params.leases.thread(record.question)).filter(({ question }) => question.id !== record.question.id);
  const { outcome, messages: broken } = findLeftovers(record, others, messages);
  if (outcome) return outcome;
  if (broken.length > 0) log.info('reply.taken-back', { messages: broken.length });
  await removeLeftovers(params.call, record.question.channelId, broken);
  return undefined;
}

/** A session's name: the first words of what was asked. */
function titleOf(text: string): string {
  const plain = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return shorten(plain, textLimits.sessionTitle) || 'Question';
}
