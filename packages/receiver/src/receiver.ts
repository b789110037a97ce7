import type { NoteAct } from '@vera/audit/act';
import { changeAct } from '@vera/audit/change-act';
import type { Decisions, Inbox } from '@vera/ledger/ledger';
import type { Action, FeedbackAction, RetryAction, WhyAction } from '@vera/protocol/action';
import type { DecisionAction } from '@vera/protocol/decision';
import { placeOfBody } from '@vera/protocol/place-of-body';
import { type Question, questionIdOf } from '@vera/protocol/question';
import { type SessionScope, sessionIdOf } from '@vera/protocol/session-id';
import type { MessagePlace, Verdict } from '@vera/protocol/verdict';
import type { Work } from '@vera/protocol/work';
import { placeFields } from '@vera/protocol/work-fields';
import type { Clock } from '@vera/service-kit/clock';
import type { Log } from '@vera/service-kit/log';
import { endWorking, showWorking } from '@vera/slack/session-status';
import type { SlackCall } from '@vera/slack/slack-calls';
import type { TellPrivately } from '@vera/slack/tell-privately';
import { askWhy, whyAnswered } from './ask-why.ts';
import { type FollowUps, judgeFollowUp } from './judge-follow-up.ts';
import { noRetryWords, refusalWords } from './refusal-words.ts';
import type { Reply } from './reply.ts';
import { isSignedBySlack, type SignedRequest } from './slack-signature.ts';
import { takeCommand } from './take-command.ts';
import { createTakeErrand, type TakeErrand } from './take-errand.ts';
import { type StopParams, takeStop, takeStopInWords } from './take-stop.ts';
import { type TraceParams, traced, withTrace } from './trace-question.ts';

/** Slack's own limit is far lower; what is larger is not from Slack. */
const largestBody = 1024 * 1024;

export interface ReceiverParams extends TraceParams {
  readonly signingSecret: string;
  readonly classify: (body: Uint8Array, contentType: string) => Verdict;
  readonly inbox: Inbox;
  readonly decisions: Decisions;
  /** Writes down who decided what. */
  readonly note: NoteAct;
  readonly followUps: FollowUps;
  /** Slack ids of those who may stop what others asked. */
  readonly stoppers: ReadonlySet<string>;
  readonly scope: SessionScope;
  readonly pause: Clock['pause'];
  readonly tellPrivately: TellPrivately;
  /** For what stands in the thread before a worker has begun. */
  readonly call: SlackCall;
  /** Hands a recorded question, or an errand, to the invoker. */
  readonly forward: (work: Work) => Promise<void>;
  readonly log: Log;
}

/** A post as it came in. Not a web `Request`: loading that class alone takes a tenth of a cold start. */
export interface SignedPost extends SignedRequest {
  readonly contentType: string;
}

export type Receiver = (post: SignedPost) => Promise<Reply>;

/** Answers Slack: 401 unless Slack signed it, 500 when a question could not be recorded (so that Slack sends it again). */
export function createReceiver(params: ReceiverParams): Receiver {
  const { signingSecret, now, classify, log } = params;
  const takeErrand = createTakeErrand(params);
  return async (post) => {
    if (post.body.byteLength > largestBody) return refuse(log, 413, 'body too large');
    const cameAt = now();
    if (!isSignedBySlack(post, signingSecret, cameAt)) return refuse(about(log, post), 401, 'signature missing or wrong');
    const verdict = withTrace(classify(post.body, post.contentType), cameAt, params);
    if (verdict.kind === 'ignore' || verdict.kind === 'malformed') return leave(about(log, post), verdict);
    return answer({ ...params, takeErrand, cameAt }, verdict);
  };
}

/** Whoever misses an answer finds what became of their message. */
function about(log: Log, { body }: SignedPost): Log {
  const place = placeOfBody(body);
  return place ? log.with(placeFields(place)) : log;
}

type Left = Extract<Verdict, { kind: 'ignore' | 'malformed' }>;

function leave(log: Log, { kind, reason }: Left): Reply {
  if (kind === 'malformed') return refuse(log, 400, reason);
  log.info('event.ignored', { reason });
  return { status: 200 };
}

interface AnswerParams extends ReceiverParams {
  readonly takeErrand: TakeErrand;
  readonly cameAt: number;
}

async function answer(params: AnswerParams, verdict: Exclude<Verdict, Left>): Promise<Reply> {
  switch (verdict.kind) {
    case 'challenge':
      return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ challenge: verdict.challenge }) };
    case 'question':
      return orAgain(params, verdict.question, () => takeQuestion(params, verdict.question));
    case 'follow-up':
      return orAgain(params, verdict.question, () => takeFollowUp(params, verdict.question));
    case 'edit':
      return orAgain(params, verdict.question, () => takeEdit(params, verdict));
    case 'stop':
      return orAgain(params, verdict.said.question, () => stopInWords(params, verdict));
    case 'withdrawal':
      return orAgain(params, verdict.message, () => withdraw(params, verdict));
    case 'action':
      return receiveAction(params, verdict.action);
    case 'command':
      return takeCommand(verdict.command, params);
    case 'errand':
      return { status: (await params.takeErrand(verdict.errand)) ? 200 : 500 };
  }
}

/** Where the ledger cannot be reached, Slack sends it again. */
async function orAgain(params: ReceiverParams, message: MessagePlace, take: () => Promise<void>): Promise<Reply> {
  try {
    await take();
    return { status: 200 };
  } catch (error) {
    lineOf(params, message).error('question.record-failed', { error });
    return { status: 500 };
  }
}

async function takeQuestion(params: ReceiverParams, question: Question): Promise<void> {
  const { inbox, forward, now } = params;
  const line = lineOf(params, question);
  const unread: unknown[] = [];
  const beganAt = now();
  if (await inbox.record(question, (error) => unread.push(error))) {
    const { userId: user, files, followUp } = question;
    line.info('question.recorded', { user, files: files.length, ...(followUp ? { followUp } : {}) });
    // Whether a follow-up is for Vera, and whether she may write below what a shortcut is about, a worker finds out.
    const recorded = traced(question, 'record', beganAt, now());
    await (followUp || question.shortcut ? handOn(forward, recorded, line) : begin(params, recorded, line, 'first'));
  } else line.info('question.duplicate');
  // It is on its way, as no copy of it would be; sent again, it is looked once more whether it was stopped before it came.
  if (unread.length > 0) throw unread[0];
}

async function takeFollowUp(params: ReceiverParams, question: Question): Promise<void> {
  const { followUps, inbox, now, log } = params;
  const conversation = await inbox.conversation(question);
  const followUp = judgeFollowUp({ followUps, userId: question.userId, conversation, now: now() });
  if (followUp) return takeQuestion(params, { ...question, followUp });
  log.with(placeFields(question)).info('event.ignored', { reason: 'not addressed to us' });
}

async function stopInWords(params: AnswerParams, verdict: Extract<Verdict, { kind: 'stop' }>): Promise<void> {
  const { kind, question } = verdict.said;
  if (await takeStopInWords(stopsOf(params), verdict, lineOf(params, question).with({ user: question.userId }))) return;
  await (kind === 'question' ? takeQuestion(params, question) : takeFollowUp(params, question));
}

function stopsOf(params: AnswerParams): StopParams {
  return { ...params, bring: (question) => handOn(params.forward, question, lineOf(params, question)) };
}

async function takeEdit(params: ReceiverParams, { question, meantAs }: Extract<Verdict, { kind: 'edit' }>): Promise<void> {
  const edited = await params.inbox.edit(question, meantAs);
  if (!edited) return;
  lineOf(params, question).info('question.edited', { woken: edited.woken !== undefined });
  if (edited.woken) await begin(params, edited.woken, lineOf(params, edited.woken));
}

async function withdraw(params: ReceiverParams, { message, meantAs }: Extract<Verdict, { kind: 'withdrawal' }>): Promise<void> {
  const { inbox, forward, call } = params;
  const found = await inbox.withdraw(message, meantAs);
  if (!found) return;
  const line = lineOf(params, message);
  line.info('question.withdrawn', { how: found.kind });
  if (found.kind === 'open') await handOn(forward, found.question, line);
  // No worker ends what was shown for it.
  else if (found.isIdle) await endWorking(call, message);
}

/** Where a session is a person's, it is known only of what says whose it is. */
function lineOf({ log, scope }: ReceiverParams, message: MessagePlace & { readonly userId?: string }): Log {
  const { userId } = message;
  const session = userId === undefined && scope === 'user' ? undefined : sessionIdOf({ ...message, userId: userId ?? '' }, scope);
  return log.with({ question: questionIdOf(message), ...placeFields(message), session });
}

/** Whoever waits for it sees within a moment that it goes on, however long a worker takes to start. */
async function begin({ forward, call, inbox, now }: ReceiverParams, question: Question, line: Log, time?: 'first'): Promise<void> {
  const shown = showWorking(call, question).then((way) => {
    const how = way === undefined || way === 'refused' ? 'not' : way;
    if (time === 'first') line.info('status.told', { how, milliseconds: ageOf(question, now()) });
  });
  await Promise.all([handOn(forward, question, line), shown]);
  try {
    // Slow to be shown, it came after the end of the question, and nobody else takes it back.
    if (!(await inbox.isAtWork(question))) await endWorking(call, question);
  } catch (error) {
    line.warn('status.not-looked-at', { error });
  }
}

/** Since it was written, by Slack's clock, which may be some milliseconds ahead of ours. */
function ageOf({ messageTs }: Question, now: number): number {
  return Math.max(0, Math.round(now - Number(messageTs) * 1000));
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

async function receiveAction(params: AnswerParams, action: Action): Promise<Reply> {
  const line = lineOfAction(params, action);
  try {
    await take(params, action, line);
    return { status: 200 };
  } catch (error) {
    // Slack does not send clicks again, but shows the person that this one did not arrive.
    line.error('action.failed', { action: action.kind, error });
    return { status: 500 };
  }
}

/** A stop may be about several; who clicks may be another person than who asked. */
function lineOfAction(params: ReceiverParams, action: Action): Log {
  const { teamId: team, channelId: channel, threadTs: thread, userId: user } = action;
  if (action.kind === 'stop') return params.log.with({ team, channel, ...(thread === undefined ? {} : { thread }), user });
  const { threadTs, messageTs, teamId, channelId } = action;
  return lineOf(params, { teamId, channelId, threadTs, messageTs }).with({ user });
}

async function take(params: AnswerParams, action: Action, line: Log): Promise<void> {
  switch (action.kind) {
    case 'feedback':
      return takeFeedback(params, action, line);
    case 'why':
      return takeWhy(params, action, line);
    case 'stop':
      return takeStop(stopsOf(params), action, line);
    case 'retry':
      return takeRetry(params, action, line);
    case 'decision':
      return takeDecision(params, action, line.with({ change: action.change }));
  }
}

async function takeFeedback({ inbox, tellPrivately }: ReceiverParams, action: FeedbackAction, line: Log): Promise<void> {
  const { rating } = action;
  if (!(await inbox.recordFeedback(action, action.userId, rating))) return line.info('feedback.unknown', { rating });
  line.info('feedback.recorded', { rating });
  if (rating === 'good') return;
  const { text, blocks } = askWhy(action);
  line.info('feedback.why-asked', { told: await tellPrivately(action, text, blocks) });
}

async function takeWhy({ inbox, tellPrivately }: ReceiverParams, action: WhyAction, line: Log): Promise<void> {
  const { userId, reason, responseUrl } = action;
  const keep = async (words: string) => ((await inbox.recordReason(action, userId, words)) ? 'kept' : 'unrated');
  const outcome = reason === undefined ? 'blank' : await keep(reason);
  // Once that address has run out, what is kept is kept, and the field stays where it is.
  const told = await tellPrivately({ responseUrl, isReplaced: true }, whyAnswered(outcome));
  line.info('feedback.why-answered', { outcome, told });
}

async function takeRetry(params: AnswerParams, action: RetryAction, line: Log): Promise<void> {
  const { inbox, tellPrivately } = params;
  const answer = await inbox.retry(action);
  if (answer.kind === 'refused') {
    const told = await tellPrivately(action, noRetryWords(answer.why));
    return line.info('question.not-retried', { reason: answer.why, told });
  }
  line.info('question.retried');
  await begin(params, clicked(params, answer.question), line);
}

async function takeDecision(params: AnswerParams, action: DecisionAction, line: Log): Promise<void> {
  const { decisions, tellPrivately } = params;
  const answer = await decisions.decide(action);
  if (answer.kind === 'refused') {
    if (answer.woken) await begin(params, clicked(params, answer.woken), lineOf(params, answer.woken).with({ user: action.userId }));
    const told = await tellPrivately(action, refusalWords(answer.refusal));
    return line.warn('change.decision-refused', { reason: answer.refusal.kind, verdict: action.verdict, told });
  }
  const { question, change } = answer;
  line.info('change.decided', { verdict: action.verdict });
  const noted = params.note(changeAct(action.verdict === 'approve' ? 'approved' : 'denied', change, question));
  await Promise.all([noted, begin(params, clicked(params, question), line)]);
}

function clicked({ cameAt, now }: AnswerParams, question: Question): Question {
  return traced(question, 'click', cameAt, now());
}

/** Sending the same bytes again would end the same way, so Slack is asked not to. */
function refuse(log: Log, status: number, reason: string): Reply {
  log.warn('request.refused', { status, reason });
  return { status, headers: { 'x-slack-no-retry': '1' } };
}
