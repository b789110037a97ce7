import type { Finding } from './finding.ts';

/** What a question failed of. */
export function failureOf(reason: string): Finding {
  const [kind = '', why] = reason.split(/:(.*)/s);
  if (kind === 'undeliverable')
    return {
      cause: `Slack did not take the answer (${why})`,
      remedy: 'is the app still in the channel, and the channel not archived? Scope chat:write: pnpm vera doctor',
    };
  return isKnownFailure(reason) ? (failures[reason] as Finding) : { cause: `it failed: ${reason}`, remedy: 'see the lines with ! below' };
}

export function isKnownFailure(code: string): boolean {
  return Object.hasOwn(failures, code);
}

/** By the category that the person was told of, and those of the sweeper. */
const failures: Readonly<Record<string, Finding>> = {
  throttled: {
    cause: 'the model had more requests than it takes',
    remedy: 'ask again; if it happens often, raise the quota of the model in Service Quotas, or set another model.id',
  },
  'too-large': {
    cause: 'the thread and its files were more than the model reads at once',
    remedy: 'ask in a new thread, or with smaller files',
  },
  'timed-out': { cause: 'it was not finished within limits.seconds', remedy: 'ask for a smaller part, or raise limits.seconds' },
  'not-permitted': {
    cause: 'the worker may not use the model',
    remedy: 'open access to model.id in Bedrock of that region; pnpm vera doctor says which',
  },
  unavailable: {
    cause: 'a service that Vera depends on was not available',
    remedy: 'ask again; the lines below say which, and health.aws.amazon.com whether it still is not',
  },
  blocked: { cause: 'the guardrail stopped it', remedy: 'word it differently, or change the guardrail' },
  empty: { cause: 'the model gave no answer', remedy: 'ask again in other words' },
  'too-many-steps': {
    cause: 'it took more model calls, tokens or tools than limits of the settings allow',
    remedy: 'ask for a smaller part, or raise limits',
  },
  'over-budget': { cause: 'a budget for the day was used up', remedy: 'wait until midnight UTC, or raise budgets of the settings' },
  'budget-unchecked': { cause: 'the budgets could not be read or written', remedy: 'pnpm vera doctor: the ledger’s table' },
  cut: { cause: 'it was answered up to the greatest length of an answer', remedy: 'write "go on" in the thread' },
  'broken-off': { cause: 'the model broke off in the middle', remedy: 'ask again' },
  unexpected: {
    cause: 'something failed that nobody foresaw',
    remedy: 'the line agent.failed has the error: pnpm vera logs --question ID --json',
  },
  'thread-gone': { cause: 'its thread was deleted, or Vera is in that channel no more' },
  lost: {
    cause: 'every attempt broke off, and the person was told that it was lost',
    remedy: 'pnpm vera logs --question ID --json shows how the workers ended; pnpm vera questions retry ID',
  },
};
