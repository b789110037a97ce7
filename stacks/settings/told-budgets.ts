import { priceOf, pricesAsOf } from '@vera/worker/env';
import type { Settings } from './settings.ts';

type Day = Settings['budgets']['channel'];

/** Budgets and prices in a person's words, for `pnpm settings`. */
export function toldBudgets({ limits, budgets, model }: Pick<Settings, 'limits' | 'budgets' | 'model'>): Record<string, unknown> {
  const { person, channel, workspace, questionsAtOnce } = budgets;
  const profiles = new Map(Object.entries(model.profiles));
  const models = [model.id, ...Object.values(model.helpers)];
  return {
    'a question': `${counted(limits.turns)} model calls, ${counted(limits.tokens)} tokens, ${counted(limits.toolCalls)} tool calls, ${counted(limits.seconds)} seconds`,
    'a person': `${toldDay(person)}; ${person.questionsPerMinute === 'off' ? 'any number of questions' : counted(person.questionsPerMinute, 'question')} a minute`,
    'a channel': toldDay(channel),
    'the workspace': toldDay(workspace),
    'a session': questionsAtOnce === 'off' ? 'any number of questions at once' : `${counted(questionsAtOnce, 'question')} at once`,
    [`prices of ${pricesAsOf}, a million tokens`]: Object.fromEntries(models.map((id) => [id, toldPrice(id, profiles)])),
  };
}

function toldDay({ tokensPerDay, dollarsPerDay }: Day): string {
  const told = [
    ...(tokensPerDay === undefined || tokensPerDay === 'off' ? [] : [`${counted(tokensPerDay)} tokens`]),
    ...(dollarsPerDay === undefined || dollarsPerDay === 'off' ? [] : [`$${dollarsPerDay.toFixed(2)}`]),
  ];
  return told.length === 0 ? 'no end in a day' : `${told.join(' and ')} a day, of UTC`;
}

function toldPrice(id: string, profiles: ReadonlyMap<string, string>): string {
  const price = priceOf(id, profiles);
  if (!price) return 'not known: tokens alone are counted';
  const dollars = (amount: number) => `$${amount.toFixed(2)}`;
  return `${dollars(price.input)} in, ${dollars(price.cacheRead)} from the cache, ${dollars(price.cacheWrite)} into it, ${dollars(price.output)} out`;
}

function counted(amount: number | undefined, thing?: string): string {
  const number = (amount ?? 0).toLocaleString('en');
  return thing === undefined ? number : `${number} ${thing}${amount === 1 ? '' : 's'}`;
}
