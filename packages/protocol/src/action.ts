import type { DecisionAction } from './decision.ts';

/** A person used something Vera put into the thread, or Slack's own Stop button. */
export type Action = FeedbackAction | StopAction | DecisionAction;

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
}

/** Stop was pressed in a thread: whatever is being answered there ends. */
export interface StopAction {
  readonly kind: 'stop';
  readonly teamId: string;
  readonly channelId: string;
  readonly threadTs: string;
  readonly userId: string;
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
