import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { microDollarsOf, priceOf, type Usage } from '@vera/worker/prices';
import { logGroupsOf } from '../../logs/log-groups.ts';
import { type LogLine, readLog } from '../../logs/read-log.ts';
import type { Place } from '../../place.ts';
import type { Period } from '../period.ts';
import type { Spent } from './spent.ts';

export interface ByModel {
  readonly by: NonNullable<Spent['by']>;
  readonly notes: readonly string[];
}

const pattern = '{ $.event = "model.called" }';

/** From the worker's log, as the ledger adds up what all models of a question came to. */
export async function readByModel(place: Place, { from, until }: Period, profiles: ReadonlyMap<string, string>): Promise<ByModel> {
  const client = new CloudWatchLogsClient({ ...place.clientOf('CLOUDWATCH_LOGS'), maxAttempts: 10 });
  try {
    const groups = (await logGroupsOf(place, client)).filter(({ component }) => component === 'worker');
    const { lines, unseen } = await readLog(client, groups, { from, to: until, patterns: [pattern] });
    const { by, notes } = byModel(lines, profiles);
    return { by, notes: [...unseen, ...notes] };
  } finally {
    client.destroy();
  }
}

/** A line a call that came to its end: of one that broke off nobody told what it came to. */
export function byModel(lines: readonly LogLine[], profiles: ReadonlyMap<string, string> = new Map()): ByModel {
  const calls = lines.flatMap(({ entry }) => (entry?.event === 'model.called' ? [entry] : []));
  const groups = [...Map.groupBy(calls, ({ model }) => (typeof model === 'string' ? model : 'a model that its line does not name'))];
  const by = groups.map(([who, own]) => {
    const usage = own.map(usageIn);
    const price = priceOf(who, profiles);
    return {
      who,
      questions: new Set(own.map(({ question }) => question)).size,
      tokens: usage.reduce((sum, each) => sum + each.inputTokens + each.outputTokens + each.cacheReadTokens + each.cacheWriteTokens, 0),
      dollars: price ? usage.reduce((sum, each) => sum + microDollarsOf(price, each), 0) / 1_000_000 : 0,
    };
  });
  const priceless = by.filter(({ who }) => priceOf(who, profiles) === undefined);
  return {
    by: by.sort((one, other) => other.dollars - one.dollars || other.tokens - one.tokens),
    notes: [
      'By model: what the worker’s log has, as long as it is kept; a call that broke off is in no line of it, and counts above.',
      ...priceless.map(({ who }) => `No price of ${who} is known: its $0 is no price.`),
    ],
  };
}

function usageIn(entry: Readonly<Record<string, unknown>>): Usage {
  const number = (name: string) => (typeof entry[name] === 'number' ? entry[name] : 0);
  return {
    inputTokens: number('inputTokens'),
    outputTokens: number('outputTokens'),
    cacheReadTokens: number('cacheReadTokens'),
    cacheWriteTokens: number('cacheWriteTokens'),
  };
}
