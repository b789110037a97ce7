import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { ask } from './ask.ts';
import type { Patient } from './check.ts';

export const metricRight = 'cloudwatch:GetMetricData';

export interface MetricAsked {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly stat: 'Sum' | 'Maximum';
  /** Before now. */
  readonly minutes: number;
}

/** What CloudWatch counted, each by its name; 0 where it has no number. Metrics come some minutes late. */
export async function metricsIn({ clients, now }: Pick<Patient, 'clients' | 'now'>, asked: Readonly<Record<string, MetricAsked>>) {
  const longest = Math.max(...Object.values(asked).map(({ minutes }) => minutes));
  const MetricDataQueries = Object.values(asked).map(({ namespace, metric, dimensions, stat, minutes }, index) => ({
    Id: `m${index}`,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: metric,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: minutes * 60,
      Stat: stat,
    },
  }));
  const times = { StartTime: new Date(now() - longest * 60_000), EndTime: new Date(now()) };
  const { MetricDataResults = [] } = await ask(metricRight, () =>
    clients('cloudWatch').send(new GetMetricDataCommand({ MetricDataQueries, ...times })),
  );
  const countedAt = (index: number) => {
    const values = MetricDataResults.find(({ Id }) => Id === `m${index}`)?.Values ?? [];
    return values.reduce(
      (sum, value) => (asked[Object.keys(asked)[index] ?? '']?.stat === 'Maximum' ? Math.max(sum, value) : sum + value),
      0,
    );
  };
  return Object.fromEntries(Object.keys(asked).map((name, index) => [name, countedAt(index)]));
}
