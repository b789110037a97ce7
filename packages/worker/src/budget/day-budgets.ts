import type { DayPurse, Spent } from '@vera/ledger/purse';
import * as z from 'zod/mini';

/** Of a purse for a day; what is left out has no end. */
export type DayLimits = Partial<Pick<Spent, 'tokens' | 'microDollars'>>;
export type DayBudgets = Readonly<Record<DayPurse['kind'], DayLimits>>;

const off = z.literal('off');
const orOff = (number: z.ZodMiniNumber) => z.optional(z.union([off, number]));
const wholeNumber = z.number().check(z.int(), z.minimum(1));
const perDay = {
  /** Input and output together, cached input included. */
  tokensPerDay: orOff(wholeNumber),
  /** At the prices of `prices.json`. */
  dollarsPerDay: orOff(z.number().check(z.minimum(0.01), z.maximum(1_000_000))),
};

/** What the settings say of budgets; `off`, or left out: as much as they like. A day is one of UTC. */
export const budgetData = z.strictObject({
  person: z.optional(z.strictObject({ ...perDay, questionsPerMinute: orOff(wholeNumber) })),
  channel: z.optional(z.strictObject(perDay)),
  workspace: z.optional(z.strictObject(perDay)),
  /** In one session of AgentCore; more of them wait. */
  questionsAtOnce: orOff(wholeNumber),
});

export type BudgetData = z.output<typeof budgetData>;

/** Where the settings say nothing: more than two hundred usual questions cost, which stops a script and nobody who works. */
export const usualBudgets = { person: { tokensPerDay: 10_000_000, questionsPerMinute: 10 }, questionsAtOnce: 20 } as const;

export function dayBudgetsOf({ person, channel, workspace }: BudgetData): DayBudgets {
  return { person: limitsOf(person), channel: limitsOf(channel), workspace: limitsOf(workspace) };
}

/** The day of UTC, as in `2026-11-30`. */
export function dayAt(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** A number, or undefined where it is off. */
export function limitOf(limit: number | 'off' | undefined): number | undefined {
  return limit === 'off' ? undefined : limit;
}

function limitsOf({ tokensPerDay, dollarsPerDay }: NonNullable<BudgetData['channel']> = {}): DayLimits {
  const [tokens, dollars] = [limitOf(tokensPerDay), limitOf(dollarsPerDay)];
  return {
    ...(tokens === undefined ? {} : { tokens }),
    ...(dollars === undefined ? {} : { microDollars: Math.round(dollars * 1_000_000) }),
  };
}
