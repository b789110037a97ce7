import type { QuestionRecord } from '@vera/ledger/ledger';
import type { DayPurse, Purse, Purses, Reservation, Spent, Total, Used } from '@vera/ledger/purse';
import type { Clock } from '@vera/service-kit/clock';
import type { Log } from '@vera/service-kit/log';
import { AnswerFailure, OverBudgetFailure } from '../failure.ts';
import { Budget, type Charge, type Cost, type Limits } from './budget.ts';
import { type DayBudgets, type DayLimits, dayAt } from './day-budgets.ts';
import { measureRuntime, type Platform, type RuntimeUse, runtimeDollars } from './runtime-use.ts';

export interface QuestionBudgetParams extends Pick<Clock, 'now' | 'monotonic' | 'pause'> {
  /** For what the runtime costs. */
  readonly platform: Platform;
  /** Of a Lambda, in gigabytes. */
  readonly memory?: number | undefined;
  /** The prices of all models are known. */
  readonly isPriced: boolean;
  readonly purses: Purses;
  /** Of one question, its helpers included. */
  readonly limits: Limits;
  readonly daily: DayBudgets;
  /** Of one person; undefined: as many as they like. */
  readonly questionsPerMinute?: number | undefined;
  readonly newId: () => string;
}

/** What one turn at a question may use, and what it has used. */
export interface QuestionBudget {
  readonly budget: Budget;
  /** All that its model calls came to, those before this turn included; one that broke off, or is under way, counts with all that it may cost. */
  readonly spent: () => Total;
  /** Nothing is left of what the question itself may use: one more turn at it would end before it begins. */
  readonly isUsedUp: () => boolean;
  /** Writes down what the question came to. */
  readonly log: () => void;
  /**
   * Which of today's budgets are nearly used up, for whoever reads the answer: each is told once at each mark, and no lower one after a higher.
   * What calls of others that are under way may cost leaves no room for one more, and is no news.
   */
  readonly news: () => Promise<readonly BudgetNews[]>;
}

export interface BudgetNews {
  readonly of: DayPurse['kind'];
  readonly percent: number;
}

export type BudgetFor = (asked: Asked) => QuestionBudget;

interface Asked {
  readonly record: QuestionRecord;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** Between two tries at a purse that cannot be written, in milliseconds; each is three of the client's own. */
const pauses = [200, 1_000];
const marks = [100, 95, 75];
const nothing: Spent = { calls: 0, tokens: 0, microDollars: 0 };

/** Each model call of a question is taken out of the purses it is paid of before it is made. */
export function createBudgetFor(params: QuestionBudgetParams): BudgetFor {
  return (asked) => new Payment(params, asked);
}

interface Limited {
  readonly purse: Purse;
  readonly limits: Partial<Spent>;
}

class Payment implements QuestionBudget {
  readonly budget: Budget;
  private total: Spent;
  /** Calls of this turn whose cost nobody has told yet. */
  private open = 0;
  private isAdmitted = false;
  private readonly runtime: () => RuntimeUse;
  /** Of the day's purses: what is used, as far as this turn has seen, by which of them. */
  private readonly seen = new Map<string, { readonly purse: DayPurse; readonly limits: DayLimits; readonly used: Used }>();
  private readonly params: QuestionBudgetParams;
  private readonly asked: Asked;

  constructor(params: QuestionBudgetParams, asked: Asked) {
    this.params = params;
    this.asked = asked;
    this.runtime = measureRuntime(params, params.memory);
    const { calls = 0, tokens = 0, microDollars = 0 } = asked.record;
    const { limits } = params;
    this.total = { calls, tokens, microDollars };
    // What attempts before this one used is gone: whoever died cannot spend it again.
    const left = { ...limits, calls: limits.calls - calls, tokens: limits.tokens - tokens };
    this.budget = new Budget(left, { reserve: (most) => this.reserve(most) });
  }

  readonly spent = (): Total => ({ ...this.total, isAtMost: this.open > 0 || this.asked.record.isAtMost === true });

  readonly isUsedUp = () => {
    const { calls, tokens } = this.params.limits;
    return this.total.calls >= calls || this.total.tokens >= tokens;
  };

  readonly log = () => {
    const { calls, tokens, microDollars, isAtMost } = this.spent();
    const { platform, isPriced } = this.params;
    const ofTurn = microDollars - (this.asked.record.microDollars ?? 0);
    this.asked.log.info('question.spent', {
      ...{
        calls,
        tokens,
        ...(isPriced ? { dollars: microDollars / 1_000_000, turnDollars: ofTurn / 1_000_000 } : {}),
        ...(isAtMost ? { isAtMost } : {}),
      },
      runtimeDollars: Number(runtimeDollars(this.runtime(), platform).toFixed(6)),
    });
  };

  async news(): Promise<readonly BudgetNews[]> {
    const { purses, now } = this.params;
    const { log, record } = this.asked;
    // That of a day that ended meanwhile has begun anew.
    const ofToday = [...this.seen.values()].filter(({ purse }) => purse.day === dayAt(now()));
    const near = ofToday.flatMap(({ purse, limits, used }) => {
      const percent = marks.find((mark) => shareOf(used, limits) >= mark / 100);
      return percent === undefined ? [] : [{ purse, percent }];
    });
    const told = near.map(async ({ purse, percent }) => {
      // An answer does not wait for it: the next one tells.
      const isOurs = await purses
        .tellOnce(purse, percent, record.question.id)
        .catch((error: unknown) => void log.warn('budget.not-told', { error }));
      if (!isOurs) return [];
      log.info('budget.near', { of: purse.kind, percent });
      return [{ of: purse.kind, percent }];
    });
    return (await Promise.all(told)).flat();
  }

  private async reserve(most: Cost): Promise<Charge> {
    const reservation = { id: this.params.newId(), most: { calls: 1, ...most } };
    const paid = this.purses();
    try {
      await allOf([this.admit(), ...paid.map((one) => this.take(one, reservation))]);
      this.asked.signal.throwIfAborted();
    } catch (error) {
      await this.settle(paid, reservation, nothing);
      throw error;
    }
    this.add(reservation.most, nothing);
    this.open += 1;
    let isOpen = true;
    const end = async (used: Spent) => {
      if (!isOpen) return;
      isOpen = false;
      this.open -= 1;
      this.add(used, reservation.most);
      await this.settle(paid, reservation, used);
    };
    return { settle: (cost) => end({ calls: 1, ...cost }), drop: () => end(nothing) };
  }

  private purses(): readonly Limited[] {
    const { limits, daily, now } = this.params;
    const { question } = this.asked.record;
    const { teamId, userId, channelId } = question;
    const day = dayAt(now());
    const { calls, tokens } = limits;
    const ofDay = ({ kind, id }: Pick<DayPurse, 'kind' | 'id'>) => ({ purse: { kind, id, teamId, day }, limits: daily[kind] });
    return [
      { purse: { kind: 'question', question }, limits: { calls, tokens } },
      // Counted without a limit, too, for their home tab.
      ofDay({ kind: 'person', id: userId }),
      ...[ofDay({ kind: 'channel', id: channelId }), ofDay({ kind: 'workspace', id: teamId })].filter(isLimited),
    ];
  }

  /** Once, where it is asked: what goes on after a person's yes is no new question. */
  private async admit(): Promise<void> {
    const { record } = this.asked;
    const { purses, questionsPerMinute: most } = this.params;
    if (this.isAdmitted || record.leg > 0 || most === undefined) return;
    const { id: questionId, teamId, userId } = record.question;
    const isIn = await this.written(() => purses.admit({ questionId, teamId, userId, receivedAt: record.receivedAt }, most)).catch(
      (error: unknown) => this.unchecked('questions', error),
    );
    if (!isIn) throw new OverBudgetFailure({ of: 'person', limit: 'questions', most });
    this.isAdmitted = true;
  }

  private unchecked(purse: string, error: unknown): never {
    this.asked.log.error('budget.unchecked', { purse, error });
    throw new AnswerFailure('budget-unchecked', 'a budget could not be written', { cause: error });
  }

  private async take({ purse, limits }: Limited, reservation: Reservation): Promise<void> {
    const reserved = await this.written(() => this.params.purses.reserve(purse, reservation, limits)).catch((error: unknown) => {
      if (isLimited({ limits })) return this.unchecked(purse.kind, error);
      this.asked.log.warn('budget.not-counted', { purse: purse.kind, error });
    });
    if (reserved?.kind !== 'refused') return;
    const { reached } = reserved;
    if (purse.kind === 'question') throw new AnswerFailure('too-many-steps', 'the model calls or tokens of the question are used up');
    throw new OverBudgetFailure({ of: purse.kind, limit: reached, most: limits[reached] ?? 0 });
  }

  /** Tried again for a while. */
  private async written<Answer>(write: () => Promise<Answer>): Promise<Answer> {
    const { signal } = this.asked;
    for (const milliseconds of pauses) {
      try {
        return await write();
      } catch (error) {
        if (signal.aborted) throw error;
        await this.params.pause(milliseconds, signal);
      }
    }
    return write();
  }

  /** What cannot be settled stays counted as it was reserved. */
  private async settle(paid: readonly Limited[], reservation: Reservation, used: Spent): Promise<void> {
    const settled = paid.map(async ({ purse, limits }) => {
      const all = await this.params.purses.settle(purse, reservation, used);
      if (all && purse.kind !== 'question') this.seen.set(`${purse.kind} ${purse.day}`, { purse, limits, used: all });
    });
    for (const one of await Promise.allSettled(settled)) {
      if (one.status === 'rejected') this.asked.log.warn('budget.not-settled', { error: one.reason });
    }
  }

  private add(more: Spent, less: Spent): void {
    const { calls, tokens, microDollars } = this.total;
    this.total = {
      calls: calls + more.calls - less.calls,
      tokens: tokens + more.tokens - less.tokens,
      microDollars: microDollars + more.microDollars - less.microDollars,
    };
  }
}

function isLimited({ limits }: Pick<Limited, 'limits'>): boolean {
  return Object.values(limits).some((limit) => limit !== undefined);
}

function shareOf({ tokens: allTokens, microDollars: all, underWay }: Used, limits: DayLimits): number {
  const { tokens = Number.POSITIVE_INFINITY, microDollars = Number.POSITIVE_INFINITY } = limits;
  return Math.max((allTokens - underWay.tokens) / tokens, (all - underWay.microDollars) / microDollars);
}

/** Waits for all, so that none is under way any more when they are undone; rejects with the first that did. */
async function allOf(takes: readonly Promise<void>[]): Promise<void> {
  const refused = (await Promise.allSettled(takes)).find((one) => one.status === 'rejected');
  if (refused) throw refused.reason;
}
