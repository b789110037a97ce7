import type { Decisions, Inbox } from '@vera/ledger/ledger';
import type { Action } from '@vera/protocol/action';
import type { DecisionAction } from '@vera/protocol/decision';
import type { Question } from '@vera/protocol/question';
import type { Verdict } from '@vera/protocol/verdict';
import type { Log } from '@vera/service-kit/log';
import { isSignedBySlack, type SignedRequest } from './slack-signature.ts';
import { refusalWords, type TellPrivately } from './tell-privately.ts';

/** Slack's own limit is far lower; what is larger is not from Slack. */
const largestBody = 1024 * 1024;

export interface ReceiverParams {
  readonly signingSecret: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly classify: (body: Uint8Array, contentType: string) => Verdict;
  readonly inbox: Inbox;
  readonly decisions: Decisions;
  readonly tellPrivately: TellPrivately;
  /** Hands a recorded question to the invoker. */
  readonly forward: (question: Question) => Promise<void>;
  readonly log: Log;
}

/** A post as it came in. Not a web `Request`: loading that class alone takes a tenth of a cold start. */
export interface SignedPost extends SignedRequest {
  readonly contentType: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export type Receiver = (post: SignedPost) => Promise<Reply>;

/** Answers Slack: 401 unless Slack signed it, 500 when a question could not be recorded (so that Slack sends it again). */
export function createReceiver(params: ReceiverParams): Receiver {
  const { signingSecret, now, classify, log } = params;
  return async (post) => {
    if (post.body.byteLength > largestBody) return refuse(log, 413, 'body too large');
    if (!isSignedBySlack(post, signingSecret, now())) return refuse(log, 401, 'signature missing or wrong');
    return answer(params, classify(post.body, post.contentType));
  };
}

async function answer(params: ReceiverParams, verdict: Verdict): Promise<Reply> {
  switch (verdict.kind) {
    case 'challenge':
      return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ challenge: verdict.challenge }) };
    case 'ignore':
      params.log.info('event.ignored', { reason: verdict.reason });
      return { status: 200 };
    case 'malformed':
      return refuse(params.log, 400, verdict.reason);
    case 'question':
      return receiveQuestion(params, verdict.question);
    case 'action':
      return receiveAction(params, verdict.action);
  }
}

async function receiveQuestion({ inbox, forward, log }: ReceiverParams, question: Question): Promise<Reply> {
  const line = log.with({ question: question.id, channel: question.channelId, thread: question.threadTs, message: question.messageTs });
  try {
    if (!(await inbox.record(question))) {
      line.info('question.duplicate');
      return { status: 200 };
    }
  } catch (error) {
    line.error('question.record-failed', { error });
    return { status: 500 };
  }
  line.info('question.recorded', { user: question.userId, files: question.files.length });
  await handOn(forward, question, line);
  return { status: 200 };
}

async function handOn(forward: ReceiverParams['forward'], question: Question, line: Log): Promise<void> {
  try {
    await forward(question);
    line.info('question.forwarded');
  } catch (error) {
    // The record is safe: the sweeper will bring the question to a worker.
    line.error('question.forward-failed', { error });
  }
}

async function receiveAction(params: ReceiverParams, action: Action): Promise<Reply> {
  const line = params.log.with({ channel: action.channelId, thread: action.threadTs, user: action.userId });
  try {
    await take(params, action, line);
    return { status: 200 };
  } catch (error) {
    // Slack does not send clicks again, but shows the person that this one did not arrive.
    line.error('action.failed', { action: action.kind, error });
    return { status: 500 };
  }
}

async function take(params: ReceiverParams, action: Action, line: Log): Promise<void> {
  const { inbox } = params;
  switch (action.kind) {
    case 'feedback': {
      const known = await inbox.recordFeedback(action, action.userId, action.rating);
      return line.info(known ? 'feedback.recorded' : 'feedback.unknown', { message: action.messageTs, rating: action.rating });
    }
    case 'stop':
      return line.info('stop.requested', { questions: await inbox.requestStop(action) });
    case 'decision':
      return takeDecision(params, action, line.with({ change: action.change }));
  }
}

async function takeDecision({ decisions, tellPrivately, forward }: ReceiverParams, action: DecisionAction, line: Log): Promise<void> {
  const answer = await decisions.decide(action);
  if (answer.kind === 'refused') {
    const told = await tellPrivately(action, refusalWords(answer.refusal));
    return line.warn('change.decision-refused', { reason: answer.refusal.kind, verdict: action.verdict, told });
  }
  line.info('change.decided', { question: answer.question.id, verdict: action.verdict });
  await handOn(forward, answer.question, line.with({ question: answer.question.id }));
}

/** Sending the same bytes again would end the same way, so Slack is asked not to. */
function refuse(log: Log, status: number, reason: string): Reply {
  log.warn('request.refused', { status, reason });
  return { status, headers: { 'x-slack-no-retry': '1' } };
}
