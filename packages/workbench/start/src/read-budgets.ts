import { UsageError } from '@vera/operate/usage-error';
import { type BudgetData, budgetData, usualBudgets } from '@vera/worker/env';
import { priceOf } from '@vera/worker/prices';

/** In the words of the settings, as they would stand in a deployment's file. */
export const budgetNames = [
  ...['person.tokensPerDay', 'person.dollarsPerDay', 'person.questionsPerMinute', 'channel.tokensPerDay', 'channel.dollarsPerDay'],
  ...['workspace.tokensPerDay', 'workspace.dollarsPerDay', 'questionsAtOnce'],
];

/** Of `person.tokensPerDay=50000` and its like, over what is usual. Throws `UsageError`. */
export function readBudgets(given: readonly string[], modelId: string): BudgetData {
  return given.reduce<BudgetData>((budgets, words) => withOne(budgets, words, modelId), usualBudgets);
}

function withOne(budgets: BudgetData, words: string, modelId: string): BudgetData {
  const [, name = '', value = ''] = /^([^=]*)=(.*)$/.exec(words) ?? [];
  if (!budgetNames.includes(name)) {
    throw new UsageError(
      `--budget takes NAME=NUMBER or NAME=off, not "${words}". Its names are those of the settings: ${budgetNames.join(', ')}.`,
    );
  }
  const amount = value === 'off' ? value : Number(value);
  const [scope = '', limit] = name.split('.');
  const before = budgets[scope as keyof BudgetData];
  const parsed = budgetData.safeParse({
    ...budgets,
    [scope]: limit === undefined ? amount : { ...(typeof before === 'object' ? before : {}), [limit]: amount },
  });
  const isNumber = value === 'off' || /^\d+(?:\.\d+)?$/.test(value);
  if (!parsed.success || !isNumber) {
    const range = name.endsWith('dollarsPerDay') ? 'dollars from 0.01 to 1000000' : 'a whole number from 1';
    throw new UsageError(`--budget ${name} takes ${range}, or off, not "${value}".`);
  }
  // It would never be reached.
  if (name.endsWith('dollarsPerDay') && value !== 'off' && !priceOf(modelId)) {
    throw new UsageError(`--budget ${name}: the price of ${modelId} is not known, so use tokensPerDay.`);
  }
  return parsed.data;
}
