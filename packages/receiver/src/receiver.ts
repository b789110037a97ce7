import type { Inbox } from '@vera/ledger/ledger';
import type { Action } from '@vera/protocol/action';
import type { Question } from '@vera/protocol/question';
import type { Verdict } from '@vera/protocol/verdict';
import type { Log } from '@vera/service-kit/log';
import { isSignedBySlack } from './slack-signature.ts';

/** Slack's own limit is far lower; what is larger is not from Slack. */
const largestBody = 1024 * 1024;

export interface ReceiverParams {
  readonly signingSecret: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly classify: (body: Uint8Array, contentType: string) => Verdict;
  readonly inbox: Inbox;
  /** Hands a recorded question to the invoker. */
  readonly forward: (question: Question) => Promise<void>;
  readonly log: Log;
}

export type Receiver = (request: Request) => Promise<Response>;

/** Answers Slack: 401 unless Slack signed it, 500 when a question could not be recorded (so that Slack sends it again). */
export function createReceiver(params: ReceiverParams): Receiver {
  const { signingSecret, now, classify, log } = params;
  return async (request) => {
    const body = new Uint8Array(await request.arrayBuffer());
    if (body.byteLength > largestBody) return refuse(log, 413, 'body too large');
    const timestamp = request.headers.get('x-slack-request-timestamp');
    const signature = request.headers.get('x-slack-signature');
    if (!isSignedBySlack({ body, timestamp, signature }, signingSecret, now())) return refuse(log, 401, 'signature missing or wrong');
    return answer(params, classify(body, request.headers.get('content-type') ?? ''));
  };
}

async function answer(params: ReceiverParams, verdict: Verdict): Promise<Response> {
  switch (verdict.kind) {
    case 'challenge':
      return Response.json({ challenge: verdict.challenge });
    case 'ignore':
      params.log.info('event.ignored', { reason: verdict.reason });
      return new Response(null, { status: 200 });
    case 'malformed':
      return refuse(params.log, 400, verdict.reason);
    case 'question':
      return receiveQuestion(params, verdict.question);
    case 'action':
      return receiveAction(params, verdict.action);
  }
}

async function receiveQuestion({ inbox, forward, log }: ReceiverParams, question: Question): Promise<Response> {
  const line = log.with({ question: question.id, channel: question.channelId, thread: question.threadTs, message: question.messageTs });
  try {
    if (!(await inbox.record(question))) {
      line.info('question.duplicate');
      return new Response(null, { status: 200 });
    }
  } catch (error) {
    line.error('question.record-failed', { error });
    return new Response(null, { status: 500 });
  }
  line.info('question.recorded', { user: question.userId, files: question.files.length });
  try {
    await forward(question);
    line.info('question.forwarded');
  } catch (error) {
    // The record is safe: the sweeper will bring the question to a worker.
    line.error('question.forward-failed', { error });
  }
  return new Response(null, { status: 200 });
}

async function receiveAction({ inbox, log }: ReceiverParams, action: Action): Promise<Response> {
  const line = log.with({ channel: action.channelId, thread: action.threadTs, user: action.userId });
  try {
    if (action.kind === 'feedback') {
      const known = await inbox.recordFeedback(action, action.userId, action.rating);
      line.info(known ? 'feedback.recorded' : 'feedback.unknown', { message: action.messageTs, rating: action.rating });
    } else {
      line.info('stop.requested', { questions: await inbox.requestStop(action) });
    }
    return new Response(null, { status: 200 });
  } catch (error) {
    line.error('action.failed', { action: action.kind, error });
    return new Response(null, { status: 500 });
  }
}

/** Sending the same bytes again would end the same way, so Slack is asked not to. */
function refuse(log: Log, status: number, reason: string): Response {
  log.warn('request.refused', { status, reason });
  return new Response(null, { status, headers: { 'x-slack-no-retry': '1' } });
}
