import { nameOf, runtimeNameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { countedEvents } from './log-metrics.ts';
import type { Watched } from './watched.ts';

type Metric = readonly (string | object)[];

/** One page: what people got, what it ran on, what it cost. */
export function dashboardOf(settings: Settings, { functions, ledgerTable, failuresQueue }: Watched): string {
  const names = Object.values(functions).map(({ functionName }) => functionName);
  const perFunction = (metric: string) => names.map((name) => ['AWS/Lambda', metric, 'FunctionName', name]);
  const runtime = (metric: string): Metric => [
    {
      expression: `SEARCH('{AWS/Bedrock-AgentCore,Resource} MetricName="${metric}" "${runtimeNameOf(settings)}"', 'Sum', 300)`,
      label: metric,
    },
  ];
  const charts: readonly (readonly [string, readonly Metric[]])[] = [
    ['Questions', Object.keys(countedEvents).map((event) => [nameOf(settings), event])],
    ['Handed over in vain', [['AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', failuresQueue, { stat: 'Maximum' }]]],
    ['Lambda errors', perFunction('Errors')],
    ['Lambda durations, p95 (ms)', perFunction('Duration').map((metric) => [...metric, { stat: 'p95' }])],
    ['AgentCore sessions and throttles', ['ActiveSessionCount', 'Invocations', 'Throttles', 'UserErrors', 'SystemErrors'].map(runtime)],
    ['AgentCore bill (vCPU and GB hours)', ['CPUUsed-vCPUHours', 'MemoryUsed-GBHours'].map(runtime)],
    [
      'Ledger',
      ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits', 'ThrottledRequests'].map((metric) => [
        'AWS/DynamoDB',
        metric,
        'TableName',
        ledgerTable,
      ]),
    ],
  ];
  const widgets = charts.map(([title, metrics], index) => ({
    type: 'metric',
    x: (index % 2) * 12,
    y: Math.floor(index / 2) * 6,
    width: 12,
    height: 6,
    properties: { title, metrics, region: settings.region, view: 'timeSeries', stat: 'Sum', period: 300 },
  }));
  return JSON.stringify({ widgets });
}
