import type { Total } from '@vera/ledger/purse';
import { budgetName } from '../failure.ts';
import type { DayLimits } from './day-budgets.ts';
import type { BudgetNews } from './question-budget.ts';

/** For whoever reads the answer that used it. */
export function toldNews({ of, percent }: BudgetNews): string {
  const name = budgetName(of);
  if (percent === 100) return `With this ${name} is used up. It begins anew at midnight UTC`;
  return `${percent} % of ${name} ${percent === 95 ? 'and more are used: little is left' : 'are used'}. It begins anew at midnight UTC`;
}

/** Such as `12,345 tokens, $0.03`, or `at most` that; where the price of a model is not known, tokens alone. */
export function toldCost({ tokens, microDollars, isAtMost }: Total, isPriced: boolean): string {
  const counted = `${isAtMost ? 'at most ' : ''}${tokens.toLocaleString('en')} tokens`;
  return isPriced ? `${counted}, ${toldDollars(microDollars)}` : counted;
}

/** What a person has used today, and of how much. */
export function toldDay(used: Total, limits: DayLimits, isPriced: boolean): string {
  const most = [
    ...(limits.tokens === undefined ? [] : [`${limits.tokens.toLocaleString('en')} tokens`]),
    ...(limits.microDollars === undefined ? [] : [toldDollars(limits.microDollars)]),
  ];
  const isUsedUp = used.tokens >= (limits.tokens ?? Infinity) || used.microDollars >= (limits.microDollars ?? Infinity);
  const bound = most.length === 0 ? '' : `, of ${most.join(' and ')}${isUsedUp ? ': that is used up' : ''}`;
  return `Today your questions came to ${toldCost(used, isPriced)}${bound}. A day begins at midnight UTC.`;
}

function toldDollars(microDollars: number): string {
  return microDollars > 0 && microDollars < 10_000 ? 'less than $0.01' : `$${(microDollars / 1_000_000).toFixed(2)}`;
}
