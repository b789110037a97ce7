import type { Which } from '../questions/which-question.ts';
import { type Level, patternOf, patternsOf } from './log-patterns.ts';
import type { LogQuery } from './read-log.ts';

export interface Bounds {
  /** Epoch milliseconds; from its beginning otherwise. */
  readonly since?: number | undefined;
  readonly level?: Level | undefined;
  readonly now: number;
}

/**
 * Which lines are about a question, or about a message that became none: what was made of that one stands in the receiver's log. Undefined: nobody has
 * asked anything.
 */
export function queryOfQuestion({ meant, records }: Pick<Which, 'meant' | 'records'>, { since, level, now }: Bounds): LogQuery | undefined {
  const limits = level ? { level } : {};
  if (records.length > 0) {
    const ends = records.map(({ closedAt = Number.POSITIVE_INFINITY }) => closedAt + after);
    const from = since ?? Math.min(...records.map(({ receivedAt }) => receivedAt)) - before;
    const ids = records.map(({ question }) => question.id);
    return { from, ...until(Math.max(...ends), from), patterns: patternsOf(ids, level) };
  }
  if (meant.kind === 'last') return undefined;
  if (meant.kind === 'id') return { from: since ?? now - kept, ...patternsIn(patternOf({ question: meant.id, ...limits })) };
  // Slack tells it to the microsecond, CloudWatch takes whole milliseconds.
  const sent = Math.floor(Number(meant.message.messageTs) * 1_000);
  const from = since ?? sent - before;
  return { from, ...until(sent + deliveries, from), ...patternsIn(patternOf({ message: meant.message, ...limits })) };
}

export function patternsIn(pattern: string | undefined): Pick<LogQuery, 'patterns'> {
  return pattern === undefined ? {} : { patterns: [pattern] };
}

/** A search that ends before it begins is refused. */
function until(to: number, from: number): Pick<LogQuery, 'to'> {
  return Number.isFinite(to) && to > from ? { to } : {};
}

const aMinute = 60_000;
/** Clocks differ, and what was delivered comes before what was recorded. */
const before = aMinute;
/** What is noted after an answer, or said of it. Without an end a search takes as long as its group is large. */
const after = 60 * aMinute;
/** Slack delivers a message for the last time five minutes after the first. https://docs.slack.dev/apis/events-api */
const deliveries = 7 * aMinute;
/** So long the ledger keeps a question. */
const kept = 30 * 24 * 60 * aMinute;
