import { questionAct } from '@vera/audit/question-act';
import type { Lease, Outcome, WaitsFor } from '@vera/ledger/ledger';
import { SlackError } from '@vera/slack/slack-error';
import { ChangeMovedError } from '../changes/change-book.ts';
import type { ReplyEnding, ReplyWriter } from '../reply/reply-writer.ts';
import type { AnswerParams, HeldQuestion, Story, StoryEnd } from './story.ts';
import { tellOutside } from './tell-outside.ts';

export interface LastWords extends ReplyEnding {
  readonly outcome: Outcome;
  /** How many documents stand under the answer. */
  readonly sources?: number;
}

/** Shows the rest of the answer and closes the record. Rejects while Slack does not answer. */
export async function finishAnswer(
  params: Pick<AnswerParams, 'now' | 'audit' | 'tellPrivately' | 'people'>,
  story: Story,
  ending: LastWords,
  reason?: string,
): Promise<StoryEnd> {
  const { writer, status, log } = story;
  try {
    const { pieces, endsSession } = await writer.finish(ending);
    if (endsSession) status.ended();
    log.info('reply.finished', { pieces, sources: ending.sources ?? 0 });
  } catch (error) {
    if (!(error instanceof SlackError) || error.kind !== 'refused') throw error;
    log.error('reply.undeliverable', { error });
    if (story.question.shortcut) await tellOutside(params, story.question);
    return closeStory(params, story, 'failed', `undeliverable:${error.reason}`);
  }
  return closeStory(params, story, ending.outcome, reason);
}

/** Closes the record of a question that has its outcome; `left` when it is another worker's by now. */
export async function closeStory(
  { now, audit }: Pick<AnswerParams, 'now' | 'audit'>,
  { lease, log, budget }: HeldQuestion & Partial<Pick<Story, 'budget'>>,
  outcome: Outcome,
  reason?: string,
): Promise<StoryEnd> {
  const milliseconds = now() - lease.record.receivedAt;
  if (!(await lease.close(outcome, reason))) return 'left';
  log.info(`question.${outcome}`, { milliseconds, ...waited(lease), ...(reason ? { code: reason } : {}) });
  await audit.note(questionAct(outcome, { ...lease.record, ...budget?.spent() }, reason));
  return outcome;
}

/** Of what waited for a person the time is theirs, too. */
export function waited({ record }: Lease): { readonly waited?: true } {
  return record.leg > 0 ? { waited: true } : {};
}

/** Lets go of the question until a person has done something. */
export async function letGo({ lease, log }: HeldQuestion, what: WaitsFor): Promise<StoryEnd> {
  const answer = await lease.wait(what);
  log.info('question.let-go', { waitsFor: what.kind, answer });
  switch (answer) {
    case 'waiting':
      return 'waiting';
    case 'over':
      return 'again';
    case 'lost':
      return 'left';
  }
}

/** A decision or an account came while it was asked for: the next turn takes it up, and this one says nothing more. */
export function beginAgain(writer: ReplyWriter): StoryEnd {
  writer.abandon();
  return 'again';
}

type GivenBack = Pick<Story, 'lease' | 'isLost' | 'signal' | 'log' | 'status' | 'writer'>;

/** Gives the question to another worker: of one that is lost nothing more is said, of one that is given up here that it goes on. */
export async function giveBack({ lease, isLost, signal, log, status, writer }: GivenBack): Promise<StoryEnd> {
  // Whoever goes on shows it.
  status.leave();
  // What came too late is taken away by then.
  if (isLost()) await writer.takeBack();
  else await writer.breakOff(restartWords).catch((error: unknown) => log.warn('restart.not-told', { error }));
  return release(lease, 'hindered', isLost() ? 'lease-lost' : String(signal.reason));
}

/** Taken back with the message they stand in by whoever goes on. */
const restartWords = '_I am being restarted and will go on with this in a moment._';

/** After an error: once more where only a decision came between, else by another worker. */
export async function breakOff({ lease, isLost, log }: HeldQuestion, writer: ReplyWriter, error: unknown): Promise<StoryEnd> {
  writer.abandon();
  if (error instanceof ChangeMovedError && (await lease.renew()).held) return 'again';
  log.error('question.interrupted', { error });
  return release(lease, isLost() ? 'hindered' : undefined, isLost() ? 'lease-lost' : causeOf(error));
}

/** An error's category; its words may hold what others wrote. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/** `left`: it is another worker's by now. */
export async function release(lease: Lease, ...why: Parameters<Lease['release']>): Promise<StoryEnd> {
  return (await lease.release(...why)) ? 'released' : 'left';
}
