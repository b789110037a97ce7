import type { DeployedAlarm, Query } from './deployed-metrics.ts';
import { evaluate, type Points } from './metric-maths.ts';

export type State = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** What CloudWatch holds: by metric, then by minute, the values that it was told. */
export type Data = ReadonlyMap<string, ReadonlyMap<number, readonly number[]>>;

export interface Watching {
  /** CloudWatch looks at so many periods more than it evaluates, in case that some have no data. How many it does not say. */
  readonly lookBack: number;
  /** Its window moves on each minute; that of an alarm with a wall clock window by a period, from this minute on. */
  readonly cut?: number;
}

/** A metric and its dimensions: what makes it one. */
export function keyOf({ namespace, name, dimensions }: Pick<Query, 'namespace' | 'name' | 'dimensions'>): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);
}

/** An alarm's state after each minute of some. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html */
export function statesOf(alarm: DeployedAlarm, data: Data, [from, to]: readonly [number, number], { lookBack, cut }: Watching): State[] {
  const states: State[] = [];
  for (let now = from; now <= to; now += 1) {
    const before = states.at(-1) ?? 'OK';
    const isDue = cut === undefined || (now - cut) % alarm.period === 0;
    states.push(isDue ? judge(alarm, pointsOf(alarm, data, now, alarm.evaluationPeriods + lookBack), before) : before);
  }
  return states;
}

function pointsOf(alarm: DeployedAlarm, data: Data, now: number, length: number): Points {
  // What was before the first minute nobody knows.
  const periods = Array.from({ length }, (_, index) => now - index * alarm.period).filter((end) => end - alarm.period >= 0);
  const metrics = Object.fromEntries(
    Object.entries(alarm.queries).map(([id, query]) => [id, periods.map((end) => statisticOf(query, data, end - alarm.period, end))]),
  );
  return evaluate(alarm.expression, metrics, periods.length);
}

function statisticOf(query: Query, data: Data, from: number, to: number): number | undefined {
  const series = data.get(keyOf(query));
  const values: number[] = [];
  for (let minute = from; minute < to; minute += 1) {
    values.push(...(series?.get(minute) ?? []));
  }
  if (values.length === 0) return undefined;
  const sum = values.reduce((all, value) => all + value, 0);
  if (query.statistic === 'Sum') return sum;
  if (query.statistic === 'Average') return sum / values.length;
  if (query.statistic === 'Maximum') return Math.max(...values);
  throw new Error(`Nobody here knows what ${query.statistic} comes to`);
}

/** The newest points that there are; what is missing of them counts as the alarm says. */
export function judge(alarm: Omit<DeployedAlarm, 'queries' | 'expression' | 'name'>, points: Points, before: State): State {
  const { evaluationPeriods, datapointsToAlarm, treatMissingData } = alarm;
  const known = points.filter((point) => point !== undefined).slice(0, evaluationPeriods);
  const missing = evaluationPeriods - known.length;
  const breaching = known.filter((value) => compare(alarm.comparison, value, alarm.threshold)).length;
  const stateWith = (more: number): State => (breaching + more >= datapointsToAlarm ? 'ALARM' : 'OK');
  if (points.length === 0 || missing === 0) return stateWith(0);
  switch (treatMissingData) {
    case 'breaching':
      return stateWith(missing);
    case 'notBreaching':
      return stateWith(0);
    case 'ignore':
      return known.length > 0 && stateWith(0) === stateWith(missing) ? stateWith(0) : before;
    case 'missing':
      if (known.length === 0) return 'INSUFFICIENT_DATA';
      return breaching >= Math.min(datapointsToAlarm, known.length) ? 'ALARM' : 'OK';
    default:
      throw new Error(`CloudWatch does not know ${treatMissingData}`);
  }
}

function compare(operator: string, value: number, threshold: number): boolean {
  switch (operator) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
    default:
      throw new Error(`CloudWatch does not know ${operator}`);
  }
}
