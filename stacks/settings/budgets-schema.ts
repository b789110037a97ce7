import { type BudgetData, budgetData, priceOf, pricesAsOf, usualBudgets } from '@vera/worker/env';
import * as z from 'zod';

const off = { tokensPerDay: 'off', dollarsPerDay: 'off' } as const;

/**
 * What a person, a channel and the workspace may use in a day of UTC. What a whole company may spend only the company knows, so it has no end
 * where nothing is said.
 */
export const budgetsSchema = z.pipe(
  z._default(budgetData, {}),
  z.transform(({ person, channel, workspace, questionsAtOnce = usualBudgets.questionsAtOnce }: BudgetData) => ({
    person: { ...off, ...usualBudgets.person, ...person },
    channel: { ...off, ...channel },
    workspace: { ...off, ...workspace },
    questionsAtOnce,
  })),
);

export type Budgets = z.output<typeof budgetsSchema>;

/** The worker's part: what is limited at all. */
export function limitedIn(budgets: Budgets): BudgetData {
  return JSON.parse(JSON.stringify(budgets, (_, value: unknown) => (value === 'off' ? undefined : value))) as BudgetData;
}

interface Models {
  readonly id: string;
  readonly helpers: Readonly<Record<string, string>>;
  readonly profiles: Readonly<Record<string, string>>;
}

/** Why a budget in dollars could not hold, by the setting at fault: a model without a price would cost nothing. */
export function pricelessModels({ person, channel, workspace }: Budgets, model: Models): { path: string[]; message: string }[] {
  if ([person, channel, workspace].every(({ dollarsPerDay }) => dollarsPerDay === 'off')) return [];
  const profiles = new Map(Object.entries(model.profiles));
  const asked = [
    { path: ['model', 'id'], id: model.id },
    ...Object.entries(model.helpers).map(([name, id]) => ({ path: ['model', 'helpers', name], id })),
  ];
  return asked.flatMap(({ path, id }) => {
    if (priceOf(id, profiles)) return [];
    const base = profiles.get(id) ?? id;
    const isUnnamed = base.includes(':application-inference-profile/');
    const what = isUnnamed ? `say in model.profiles what ${base} was made of` : `add ${base} to worker/src/budget/prices.json`;
    return [{ path, message: `no price of ${pricesAsOf} for ${base}, so that a budget in dollars would never end: ${what}` }];
  });
}
