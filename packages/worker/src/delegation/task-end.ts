import { BlockedFailure, type FailureCode, failureCodeOf } from '../failure.ts';
import { policiesWords } from '../guardrail/policy.ts';
import { counted } from '../tools/told-text.ts';

/** Why a helper gave nothing that may be used. */
export type TaskFailure = FailureCode | 'stopped' | 'too-slow' | 'no-result';

/** How a helper ended. Only `done` is a result: what others say before they end is none. */
export type TaskEnd =
  | { readonly kind: 'done'; readonly value: unknown }
  | {
      readonly kind: 'failed';
      readonly reason: TaskFailure /** Of a result that did not fit, or was stopped. */;
      readonly problem?: string;
    };

type Failed = Extract<TaskEnd, { kind: 'failed' }>;

/** A step that a helper took. */
export interface Step {
  readonly title: string;
  readonly isError: boolean;
}

/** For whoever asked: why there is no result, what was done, and that nothing of it is one. */
export function toldEnd(end: Failed, steps: readonly Step[]): string {
  return `The helper did not finish: ${toldReason(end)}. ${toldSteps(steps)} There is no result of it; say so in the answer where it is missing.`;
}

export function toldReason({ reason, problem }: Failed): string {
  return problem === undefined ? whyNot(reason) : `${whyNot(reason)}: ${problem}`;
}

function toldSteps(steps: readonly Step[]): string {
  if (steps.length === 0) return 'It had not called a tool.';
  const titles = new Map<string, number>();
  for (const { title } of steps) titles.set(title, (titles.get(title) ?? 0) + 1);
  const failed = steps.filter(({ isError }) => isError).length;
  const called = [...titles].map(([title, times]) => (times === 1 ? title : `${title} (${times} times)`)).join(', ');
  return `Before, it called: ${called}${failed === 0 ? '' : `; ${counted(failed, 'call', 'calls')} failed`}.`;
}

export function failedWith(error: unknown): Failed {
  const reason = failureCodeOf(error);
  return error instanceof BlockedFailure
    ? { kind: 'failed', reason, problem: policiesWords(error.block.policies) }
    : { kind: 'failed', reason };
}

function whyNot(reason: TaskFailure): string {
  switch (reason) {
    case 'stopped':
      return 'the question was stopped';
    case 'too-slow':
      return 'it did not answer in the time that a helper has';
    case 'no-result':
      return 'what it gave did not fit the schema, in all of its attempts';
    case 'empty':
      return 'it ended without an answer';
    case 'cut':
      return 'its answer was longer than one may be and was cut, so give it a smaller part';
    case 'too-many-steps':
      return 'it took all the steps or tokens that it may, or that are left for this question';
    case 'over-budget':
      return 'the budget for today is used up';
    case 'budget-unchecked':
      return 'the budget that it is paid of could not be checked';
    case 'blocked':
      return 'the content rules stopped it';
    case 'too-large':
      return 'it had more text before it than its language model can read, so give it a smaller part';
    case 'throttled':
      return 'the language model had more requests than it can take';
    case 'timed-out':
    case 'unavailable':
    case 'broken-off':
      return 'the language model did not answer, or broke off';
    case 'not-permitted':
      return 'its language model may not be used here';
    case 'unexpected':
      return 'something went wrong that nobody expected';
  }
}
