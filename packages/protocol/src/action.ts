import type { DecisionAction } from './decision.ts';

/** A person used something Vera put into the thread, or Slack's own Stop button, or the reaction that means the same. */
export type Action = FeedbackAction | WhyAction | StopAction | DecisionAction | RetryAction;

/** A click on the feedback buttons of an answer. */
export interface FeedbackAction {
  readonly kind: 'feedback';
  readonly teamId: string;
  readonly channelId: string;
  readonly threadTs: string;
  /** `ts` of the question the answer belongs to. */
  readonly messageTs: string;
  readonly userId: string;
  readonly rating: 'good' | 'bad';
  /** Where Slack takes a private word to this person about this click. */
  readonly responseUrl?: string;
}

/** Send was pressed beside “why?”, which only who rated an answer bad is asked. */
export interface WhyAction {
  readonly kind: 'why';
  readonly teamId: string;
  readonly channelId: string;
  readonly threadTs: string;
  /** `ts` of the question. */
  readonly messageTs: string;
  readonly userId: string;
  /** What they wrote; missing where that was nothing. */
  readonly reason?: string;
  /** Where Slack takes what stands in place of the question “why?”. */
  readonly responseUrl?: string;
}

/**
 * Somebody wants that an answer ends: what is open in a thread; or `about` a message, its question or a part of its answer; or with neither, all
 * that they themselves asked in the channel.
 */
export interface StopAction {
  readonly kind: 'stop';
  readonly teamId: string;
  readonly channelId: string;
  readonly threadTs?: string;
  /** `ts` of a message. */
  readonly about?: string;
  /** Who wrote that message, where Slack says so. */
  readonly author?: string;
  readonly userId: string;
  /** When, in Slack's form: what was asked after that goes on, however late this comes, or comes again. */
  readonly ts: string;
}

/** Slack's name of the reaction 🛑. */
export const stopReaction = 'octagonal_sign';

/** Try again was pressed under an answer that failed or was stopped. */
export interface RetryAction {
  readonly kind: 'retry';
  readonly teamId: string;
  readonly channelId: string;
  readonly threadTs: string;
  /** `ts` of the question. */
  readonly messageTs: string;
  readonly userId: string;
  /** In which of its turns it failed: each failure has a button of its own, good once. */
  readonly leg: number;
  /** When it was pressed, in Slack's form: a stop has that clock's time, too. */
  readonly ts?: string;
  /** Where Slack takes a private word to this person about this click. */
  readonly responseUrl?: string;
}

export const retryActionId = 'answer.retry';

export function retryValueOf({ messageTs, leg }: Pick<RetryAction, 'messageTs' | 'leg'>): string {
  return `${messageTs}:${leg}`;
}

/** Undefined when the value was not made by `retryValueOf`. */
export function readRetryValue(value: string): Pick<RetryAction, 'messageTs' | 'leg'> | undefined {
  const [, messageTs, leg] = /^(\d{1,12}\.\d{1,8}):(\d{1,6})$/.exec(value) ?? [];
  return messageTs && leg ? { messageTs, leg: Number(leg) } : undefined;
}

export const feedbackActionId = 'feedback';

/** What a feedback button carries: the rating and the `ts` of the question. */
export function feedbackValueOf(rating: FeedbackAction['rating'], messageTs: string): string {
  return `${rating}:${messageTs}`;
}

/** Undefined when the value was not made by `feedbackValueOf`. */
export function readFeedbackValue(value: string): { rating: FeedbackAction['rating']; messageTs: string } | undefined {
  const [, rating, messageTs] = /^(good|bad):(\d+\.\d+)$/.exec(value) ?? [];
  return rating && messageTs ? { rating: rating as FeedbackAction['rating'], messageTs } : undefined;
}

export const whyActionId = 'feedback.why';
/** Block and element of the field. */
export const whyInputId = 'feedback.reason';

/** What Send carries: a private message may stand in no thread, and says nothing of the question. */
export function whyValueOf({ threadTs, messageTs }: Pick<WhyAction, 'threadTs' | 'messageTs'>): string {
  return `${threadTs}:${messageTs}`;
}

/** Undefined when the value was not made by `whyValueOf`. */
export function readWhyValue(value: string): Pick<WhyAction, 'threadTs' | 'messageTs'> | undefined {
  const [, threadTs, messageTs] = /^(\d{1,12}\.\d{1,8}):(\d{1,12}\.\d{1,8})$/.exec(value) ?? [];
  return threadTs && messageTs ? { threadTs, messageTs } : undefined;
}
