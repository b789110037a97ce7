import type { Json } from '../src/json/json.ts';
import { type Review, reviewPlans } from '../src/review/review-plans.ts';
import { type ChangeJson, planOf } from './plan-json.ts';

/** The comment on one stack with these changes. */
export function commentOn(changes: readonly ChangeJson[], rest: Readonly<Record<string, Json>> = {}): string {
  return reviewOf(changes, rest).comment;
}

export function reviewOf(changes: readonly ChangeJson[], rest: Readonly<Record<string, Json>> = {}): Review {
  return reviewPlans([planOf(changes, rest)], { isLossAllowed: false, expected: [] });
}

/** The one line of a comment that holds a text. */
export function lineWith(text: string, comment: string): string | undefined {
  return comment.split('\n').find((line) => line.includes(text));
}
