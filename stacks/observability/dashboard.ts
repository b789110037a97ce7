import type { Settings } from '../settings/settings.ts';
import { type CountedEvent, countedEvents } from './log-metrics.ts';
import { type Metric, type Metrics, metricsOf } from './metrics.ts';
import type { Watched } from './watched.ts';

type Chart = readonly [title: string, shown: readonly Metric[]];

/** One page: what people got, what it ran on, what it cost. */
export function dashboardOf(settings: Settings, watched: Watched): string {
  const metrics = metricsOf(settings, watched);
  const functions = Object.keys(watched.functions) as (keyof Watched['functions'])[];
  const { worker } = metrics;
  const perFunction = (name: string, statistic?: Metric['statistic']) => [
    ...functions.map((one) => metrics.lambda(one, name, statistic)),
    ...(worker.on === 'lambda' ? [worker.lambda(name, statistic)] : []),
  ];
  const charts: readonly Chart[] = [
    ['Questions', (Object.keys(countedEvents) as CountedEvent[]).map(metrics.event)],
    ['Handed over in vain', worker.on === 'lambda' ? [metrics.failures, worker.failures] : [metrics.failures]],
    ['Lambda errors', perFunction('Errors')],
    ['Answers of 5xx', [metrics.lambda('receiver', 'Url5xxCount'), metrics.lambda('auth-portal', 'Url5xxCount')]],
    ['Lambda throttles', perFunction('Throttles')],
    ['Lambda durations, p95 (ms)', perFunction('Duration', 'p95')],
    ...(worker.on === 'lambda' ? [] : agentCoreCharts(worker)),
    [
      'Ledger',
      ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits', 'ReadThrottleEvents', 'WriteThrottleEvents'].map(metrics.ledger),
    ],
  ];
  const widgets = charts.map(([title, shown], index) => ({
    type: 'metric',
    x: (index % 2) * 12,
    y: Math.floor(index / 2) * 6,
    width: 12,
    height: 6,
    properties: { title, metrics: shown.map(rowOf), region: settings.region, view: 'timeSeries', period: 300 },
  }));
  return JSON.stringify({ widgets });
}

function agentCoreCharts({ agent, sessions, agentUsage }: Extract<Metrics['worker'], { on: 'agentcore' }>): Chart[] {
  return [
    ['AgentCore calls', ['Invocations', 'Throttles', 'UserErrors', 'SystemErrors'].map(agent)],
    ['AgentCore sessions of the account', [sessions]],
    ['AgentCore bill (vCPU and GB hours)', ['CPUUsed-vCPUHours', 'MemoryUsed-GBHours'].map(agentUsage)],
  ];
}

function rowOf({ namespace, name, dimensions, statistic }: Metric) {
  return [namespace, name, ...Object.entries(dimensions).flat(), { stat: statistic }];
}
