import type { Purses } from '@vera/ledger/purse';
import { systemClock } from '@vera/service-kit/clock';
import { kernelId } from '@vera/service-kit/kernel-random';
import type * as z from 'zod/mini';
import type { workerEnv } from '../env.ts';
import type { DayOf } from '../errands/run-errand.ts';
import type { AnswerParams } from '../questions/story.ts';
import { dayAt, dayBudgetsOf, limitOf } from './day-budgets.ts';
import { priceOf } from './prices.ts';
import { createBudgetFor } from './question-budget.ts';
import { toldDay } from './told-budget.ts';

class BudgetError extends Error {
  readonly code = 'budget';
}

export interface Budgets extends Pick<AnswerParams, 'budgetFor' | 'isPriced' | 'showsCost'> {
  readonly dayOf: DayOf;
}

/** What questions are paid of, as the settings say. Throws where a budget in dollars could never be reached. */
export function createBudgets(env: z.output<typeof workerEnv>, purses: Purses): Budgets {
  const { TURN_LIMIT: calls, TOKEN_LIMIT: tokens, TOOL_LIMIT: toolCalls, SAME_CALL_LIMIT: sameCalls } = env;
  const daily = dayBudgetsOf(env.BUDGETS);
  const models = [env.MODEL_ID, ...env.HELPER_MODELS.map(([, id]) => id)];
  const unpriced = models.filter((id) => priceOf(id, env.PROFILE_MODELS) === undefined);
  const isInDollars = Object.values(daily).some(({ microDollars }) => microDollars !== undefined);
  if (isInDollars && unpriced.length > 0) throw new BudgetError(`A budget in dollars would never end: no price for ${unpriced.join(', ')}`);
  const isPriced = unpriced.length === 0;
  return {
    budgetFor: createBudgetFor({
      ...systemClock,
      ...{
        purses,
        daily,
        newId: kernelId,
        isPriced,
        platform: env.PLATFORM,
        memory: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE && env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE / 1024,
      },
      limits: { calls, tokens, toolCalls, sameCalls },
      questionsPerMinute: limitOf(env.BUDGETS.person?.questionsPerMinute),
    }),
    isPriced,
    showsCost: env.SHOWS_COST === 'true',
    async dayOf({ teamId, userId }) {
      const used = await purses.read({ kind: 'person', teamId, id: userId, day: dayAt(systemClock.now()) });
      return toldDay(used, daily.person, isPriced);
    },
  };
}
