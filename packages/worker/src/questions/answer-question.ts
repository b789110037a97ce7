import type { Lease, Leases, Outcome } from '@vera/ledger/ledger';
import type { Log } from '@vera/service-kit/log';
import { readReplies } from '@vera/slack/read-replies';
import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
import type { SlackMessage } from '@vera/slack/slack-message';
import { failureWords } from '../failure-words.ts';
import { blocksUnder } from '../reply/reply-blocks.ts';
import { ReplyWriter } from '../reply/reply-writer.ts';
import type { ShowStatus, Status } from '../reply/status.ts';
import { createSources } from '../tools/sources.ts';
import { findLeftovers, removeLeftovers } from './leftovers.ts';
import { type AgentAnswer, type RunAgentParams, runAgent } from './run-agent.ts';

export interface AnswerParams extends RunAgentParams {
  readonly call: SlackCall;
  readonly leases: Leases;
  readonly showStatus: ShowStatus;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Why the work on a question ends before its answer is complete. */
export type Interruption = 'stop' | 'shutdown' | 'lease-lost' | 'timeout';

/** How the story of a question ended; `released` and `left` leave it to another worker. */
export type StoryEnd = Outcome | 'released' | 'left';

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
  const status = params.showStatus(question, titleOf(question.text));
  try {
    const messages = await readThread(params, story);
    if (messages === 'gone') return await close(params, story, 'failed', 'thread-gone');
    const complete = await clearAway(params, story, messages);
    if (complete) return await close(params, story, complete, 'found-complete');
    return await writeAnswer(params, story, { status, messages });
  } catch (error) {
    log.error('question.interrupted', { error });
    return (await lease.release()) ? 'released' : 'left';
  } finally {
    await status.clear();
  }
}

class LeaseLostError extends Error {
  readonly code = 'lease-lost';
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
    // Without the thread nobody knows what an earlier attempt wrote into it.
    if (lease.record.attempts > 1) throw error;
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

interface Scene {
  readonly status: Status;
  readonly messages: readonly SlackMessage[];
}

async function writeAnswer(params: AnswerParams, story: Story, { status, messages }: Scene): Promise<StoryEnd> {
  const { lease, log, signal } = story;
  const { question } = lease.record;
  const writer = writerFor(params, story, status);
  writer.stopped.addEventListener('abort', () => story.interrupt('stop'));
  const sources = createSources();
  const answer = await runAgent(params, { question, messages, sources, writer, log, signal });
  if (signal.reason === 'shutdown' || signal.reason === 'lease-lost' || !(await isStillOurs(story))) {
    writer.abandon();
    return (await lease.release()) ? 'released' : 'left';
  }
  const { outcome, reason } = judge(answer, signal);
  const words = lastWords(outcome, reason, question.id);
  const blocks = outcome === 'answered' ? blocksUnder(sources.citedIn(answer.text), question.messageTs, answer.troubles) : [];
  try {
    const { pieces, endsSession } = await writer.finish({ outcome, words, blocks });
    if (endsSession) status.isCleared();
    log.info('reply.finished', { pieces });
  } catch (error) {
    if (!(error instanceof SlackError) || error.kind !== 'refused') throw error;
    log.error('reply.undeliverable', { error });
    return close(params, story, 'failed', `undeliverable:${error.reason}`);
  }
  return close(params, story, outcome, reason);
}

/** Asked right before the last words: a process that was frozen learns only now that another one has taken over. */
async function isStillOurs({ lease, log }: Story): Promise<boolean> {
  try {
    return (await lease.renew()).held;
  } catch (error) {
    // Whoever cannot reach the ledger cannot take over either, and the answer is there.
    log.warn('lease.renew-failed', { error });
    return true;
  }
}

function judge({ failure }: AgentAnswer, signal: AbortSignal): { outcome: Outcome; reason?: NonNullable<AgentAnswer['failure']> } {
  if (signal.reason === 'stop') return { outcome: 'stopped' };
  if (signal.reason === 'timeout') return { outcome: 'failed', reason: 'timed-out' };
  if (failure === undefined) return { outcome: 'answered' };
  return { outcome: failure === 'cut' ? 'answered' : 'failed', reason: failure };
}

function lastWords(outcome: Outcome, reason: AgentAnswer['failure'], questionId: string): string {
  if (outcome === 'stopped') return '_Stopped._';
  return reason === undefined ? '' : failureWords(reason, questionId);
}

function writerFor(params: AnswerParams, { lease, log, interrupt }: Story, status: Status): ReplyWriter {
  const { question } = lease.record;
  return new ReplyWriter({
    call: params.call,
    now: params.now,
    target: {
      channel: question.channelId,
      threadTs: question.threadTs,
      recipientUserId: question.userId,
      recipientTeamId: question.userTeamId,
    },
    messageTs: question.messageTs,
    botUserId: question.botUserId,
    questionId: question.id,
    placeholder: status.placeholder,
    async onOpen(ts, how) {
      log.info('reply.started', { how, ts });
      if (await lease.noteReply(ts)) return;
      interrupt('lease-lost');
      // Whoever took over has looked through the thread already, and would not find this.
      await removeLeftovers(params.call, question.channelId, [ts]);
      throw new LeaseLostError('another worker has taken over');
    },
  });
}

async function close(params: AnswerParams, { lease, log }: Story, outcome: Outcome, reason?: string): Promise<StoryEnd> {
  const milliseconds = params.now() - lease.record.receivedAt;
  if (!(await lease.close(outcome, reason))) return 'left';
  log.info(`question.${outcome}`, { milliseconds, ...(reason ? { code: reason } : {}) });
  return outcome;
}

/** A session's name: the first words of what was asked. */
function titleOf(text: string): string {
  const plain = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length <= 60 ? plain || 'Question' : `${plain.slice(0, 59)}…`;
}
