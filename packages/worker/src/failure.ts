import type { DayPurse, Spent } from '@vera/ledger/purse';
import { type Policy, policiesWords } from './guardrail/policy.ts';

/** Why a question could not be answered. What the person reads is made of this, and of nothing else. */
export type FailureCode =
  | 'throttled'
  | 'too-large'
  | 'timed-out'
  | 'not-permitted'
  | 'unavailable'
  | 'blocked'
  | 'empty'
  | 'too-many-steps'
  | 'over-budget'
  | 'budget-unchecked'
  | 'cut'
  | 'broken-off'
  | 'unexpected';

/** A failure with its category; vendors' errors are translated to it where they are caught and kept as `cause`. */
export class AnswerFailure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What the guardrail stopped, and by which of its policies; none: it did not say. */
export interface Block {
  /** `thread`: something that others said above the question. */
  readonly on: 'question' | 'thread' | 'answer';
  readonly policies: readonly Policy[];
}

export class BlockedFailure extends AnswerFailure {
  readonly block: Block;

  constructor(block: Block) {
    super('blocked', `the guardrail stopped the ${block.on}`);
    this.block = block;
  }
}

/** Of which budget nothing is left. */
export interface Reached {
  readonly of: DayPurse['kind'];
  readonly limit: keyof Spent | 'questions';
  /** So much there is of it in a day; questions in a minute. */
  readonly most: number;
}

/** A budget of the day is used up: no fault, and nothing to try again. */
export class OverBudgetFailure extends AnswerFailure {
  readonly reached: Reached;

  constructor(reached: Reached) {
    super('over-budget', `the ${reached.limit} of the ${reached.of} for this day are used up`);
    this.reached = reached;
  }
}

export function failureCodeOf(error: unknown): FailureCode {
  return error instanceof AnswerFailure ? error.code : 'unexpected';
}

const inVain: ReadonlySet<FailureCode> = new Set<FailureCode>(['not-permitted', 'blocked', 'too-large', 'over-budget']);

/** Whether the same question may well be answered the next time; also after a stop, which is no failure. */
export function mayRetry(code: FailureCode | undefined): boolean {
  return code === undefined || !inVain.has(code);
}

/** What the person reads when a question could not be answered: what happened, what to do, and the id to ask about. */
export function failureWords(code: FailureCode, questionId: string, { block, reached }: Details = {}): string {
  const known = (block && whatWasBlocked(block)) ?? (reached && whatIsUsedUp(reached));
  return `${known ?? whatHappened(code)}\n\n_Question ${questionId}_`;
}

interface Details {
  readonly block?: Block | undefined;
  readonly reached?: Reached | undefined;
}

/** For people: `your budget for today`. */
export function budgetName(of: Reached['of']): string {
  return of === 'person' ? 'your budget for today' : `the budget of this ${of} for today`;
}

function whatIsUsedUp({ of, limit, most }: Reached): string {
  if (limit === 'questions')
    return `More than ${most} questions in a minute are too many for me. Please wait for a minute, then ask again.`;
  const amount = limit === 'microDollars' ? `$${(most / 1_000_000).toFixed(2)}` : `${most.toLocaleString('en')} ${limit}`;
  // Perhaps nothing was begun.
  return `I cannot go on with this: ${budgetName(of)} is used up, which is ${amount}. It begins anew at midnight UTC; ask again then, or ask the team that runs me for more.`;
}

function whatWasBlocked({ on, policies }: Block): string {
  const rule = policiesWords(policies);
  switch (on) {
    case 'question':
      return `The content rules of this workspace stopped your question, because of ${rule}. Please ask it without that part. From now on I leave it out of what I read here, so that this thread can go on.`;
    case 'thread':
      return `The content rules of this workspace stopped something that was said above, because of ${rule}. From now on I leave that message out of what I read here: please ask again.`;
    case 'answer':
      return `I had an answer, but the content rules of this workspace stopped it, because of ${rule}, and I took it back. Please ask for less, or for something else.`;
  }
}

function whatHappened(code: FailureCode): string {
  switch (code) {
    case 'throttled':
      return 'The language model has more requests than it can take at the moment. Please ask again in a few minutes.';
    case 'too-large':
      return 'This is more text than I can read at once. Please ask in a new thread, or with fewer or smaller files.';
    case 'timed-out':
      return 'I did not finish in time. Please ask again, if possible about a smaller part of it.';
    case 'not-permitted':
      return 'I am not permitted to use the language model here. Please tell the team that runs me; asking again will not help until they change it.';
    case 'unavailable':
      return 'A service I depend on is not available at the moment. Please ask again in a few minutes.';
    case 'blocked':
      return 'The content rules of this workspace stopped this answer. Please word the question differently, or leave out the sensitive part.';
    case 'empty':
      return 'The language model gave no answer. Please ask again, perhaps in other words.';
    case 'too-many-steps':
      return 'I stopped because this took more steps than I may take for one question. Please ask for a smaller part of it.';
    case 'over-budget':
      return 'I cannot go on with this: a budget for today is used up. It begins anew at midnight UTC; ask again then, or ask the team that runs me for more.';
    case 'budget-unchecked':
      return 'I could not check the budget that this question is paid of, so I stopped here. Please ask again in a few minutes.';
    case 'cut':
      return 'The answer reached its greatest length and ends here. Write “go on” for the rest.';
    case 'broken-off':
      return 'The language model broke off in the middle of its answer. Please ask again.';
    case 'unexpected':
      return 'Something went wrong that I did not expect. Please ask again; if it happens twice, tell the team that runs me.';
  }
}
