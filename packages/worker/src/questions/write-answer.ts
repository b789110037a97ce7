import type { Outcome } from '@vera/ledger/ledger';
import { SlackError } from '@vera/slack/slack-error';
import type { ChangeBook } from '../changes/change-book.ts';
import type { PersonAccounts } from '../changes/person-accounts.ts';
import type { WriteGate } from '../changes/write-gate.ts';
import { failureWords } from '../failure-words.ts';
import { blocksUnder } from '../reply/reply-blocks.ts';
import { type ReplyEnding, ReplyWriter } from '../reply/reply-writer.ts';
import type { Status } from '../reply/status.ts';
import { createSources } from '../tools/search-knowledge-base.ts';
import type { AnswerParams, Story, StoryEnd } from './answer-question.ts';
import { closeStory } from './close-story.ts';
import { removeLeftovers } from './leftovers.ts';
import { pauseAnswer } from './pause-answer.ts';
import { type AgentAnswer, runAgent } from './run-agent.ts';
import type { Scene } from './take-turn.ts';

/** With what the agent may act as the one who asked. */
export interface Acting {
  readonly accounts: PersonAccounts;
  readonly book: ChangeBook;
  readonly gate: WriteGate;
}

/** Lets the agent work and writes what it says, to its outcome or until a person is needed. */
export async function writeAnswer(params: AnswerParams, story: Story, scene: Scene, acting: Acting | undefined): Promise<StoryEnd> {
  const { lease, log, signal } = story;
  const { question } = lease.record;
  const writer = writerFor(params, story, scene.status);
  writer.stopped.addEventListener('abort', () => story.interrupt('stop'));
  const sources = createSources();
  const answer = await runAgent(params, { question, messages: scene.messages, sources, writer, log, signal, acting });
  if (signal.reason === 'shutdown' || signal.reason === 'lease-lost' || !(await isStillOurs(story))) {
    writer.abandon();
    return (await lease.release()) ? 'released' : 'left';
  }
  if (acting?.gate.failure !== undefined) {
    writer.abandon();
    throw acting.gate.failure;
  }
  const pause = acting?.gate.pause;
  if (acting && pause && !signal.aborted) return pauseAnswer(params, story, { ...scene, ...acting, writer, pause });
  const { outcome, reason } = judge(answer, signal);
  const words = lastWords(outcome, reason, question.id);
  const blocks = outcome === 'answered' ? blocksUnder(sources.citedIn(answer.text), question.messageTs, answer.troubles) : [];
  return deliver(params, story, { writer, status: scene.status, reason, ending: { outcome, words, blocks } });
}

/** Ends a question whose person did not do what it waited for. */
export async function endInVain(params: AnswerParams, story: Story, { status }: Scene, words: string): Promise<StoryEnd> {
  const writer = writerFor(params, story, status);
  return deliver(params, story, { writer, status, reason: undefined, ending: { outcome: 'answered', words, blocks: [] } });
}

interface Delivery {
  readonly writer: ReplyWriter;
  readonly status: Status;
  readonly reason: AgentAnswer['failure'];
  readonly ending: ReplyEnding & { readonly outcome: Outcome };
}

async function deliver(params: AnswerParams, story: Story, { writer, status, reason, ending }: Delivery): Promise<StoryEnd> {
  try {
    const { pieces, endsSession } = await writer.finish(ending);
    if (endsSession) status.isCleared();
    story.log.info('reply.finished', { pieces });
  } catch (error) {
    if (!(error instanceof SlackError) || error.kind !== 'refused') throw error;
    story.log.error('reply.undeliverable', { error });
    return closeStory(params, story, 'failed', `undeliverable:${error.reason}`);
  }
  return closeStory(params, story, ending.outcome, reason);
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
    mark: { question: question.id, ...(lease.record.leg > 0 ? { leg: lease.record.leg } : {}) },
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

class LeaseLostError extends Error {
  readonly code = 'lease-lost';
}
