import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { alarmTable } from './alarm-table.ts';
import { type Metric, type Metrics, metricsOf } from './metrics.ts';
import type { Watched } from './watched.ts';

interface Chart {
  readonly title: string;
  readonly shown: readonly Metric[];
  /** In seconds; five minutes where it is left out. */
  readonly period?: number;
}

/** What one promise comes to, side by side. */
interface Row {
  readonly promise: string;
  readonly charts: readonly Chart[];
}

const width = 24;
const height = 6;
const day = 86_400;

/** One page: first what rings, then a row a promise, then what it runs on. */
export function dashboardOf(settings: Settings, watched: Watched): string {
  const metrics = metricsOf(settings, watched);
  const arnOf = (name: string) => `arn:aws:cloudwatch:${settings.region}:${settings.account}:alarm:${nameOf(settings, name)}`;
  const alarms = { title: 'What rings: docs/operate.md says what to do', alarms: Object.keys(alarmTable(metrics)).map(arnOf) };
  const rows = [...rowsOfPromises(metrics), ...rowsOfPlatform(metrics, watched)];
  const widgets = rows.flatMap(({ promise, charts }, row) => {
    const y = height + row * (height + 1);
    const each = Math.floor(width / charts.length);
    const drawn = charts.map(({ title, shown, period = 300 }, column) => ({
      ...{ type: 'metric', x: column * each, y: y + 1, width: each, height },
      properties: { title, metrics: shown.map(rowOf), region: settings.region, view: 'timeSeries', period },
    }));
    return [{ type: 'text', x: 0, y, width, height: 1, properties: { markdown: `### ${promise}` } }, ...drawn];
  });
  return JSON.stringify({ widgets: [{ type: 'alarm', x: 0, y: 0, width, height, properties: alarms }, ...widgets] });
}

function rowsOfPromises({ ours, toolErrors, toolServers, failures, worker }: Metrics): Row[] {
  return [
    {
      promise: 'Each question ends in words, and none is lost',
      charts: [
        {
          title: 'Questions, and how they ended',
          shown: ['recorded', 'answered', 'failed', 'stopped', 'refused'].map((how) => ours(`question.${how}`)),
        },
        { title: 'Lost: 0', shown: [ours('question.lost')] },
        { title: 'Without a worker, longest (s); taken up again', shown: [ours('queue.age', 'Maximum'), ours('question.resumed')] },
        { title: 'Handed over in vain', shown: worker.on === 'lambda' ? [failures, worker.failures] : [failures] },
      ],
    },
    {
      promise: 'Whoever asks sees within a second that an answer comes, in 99 of 100 cases',
      charts: [
        { title: 'First status (ms)', shown: (['p50', 'p99'] as const).map((part) => ours('first-status.time', part)) },
        { title: 'Later than a second, or not at all (part)', shown: [ours('first-status.late', 'Average')], period: 3600 },
        { title: 'First word (ms)', shown: (['p50', 'p95'] as const).map((part) => ours('first-word.time', part)) },
        { title: 'Answer (ms)', shown: (['p50', 'p95'] as const).map((part) => ours('answer.time', part)) },
      ],
    },
    {
      promise: 'Questions are answered, from what the company knows',
      charts: [
        { title: 'Tools that failed, by server', shown: toolServers.map((server) => toolErrors(server)) },
        { title: 'Part of calls that failed, by server', shown: toolServers.map((server) => toolErrors(server, 'Average')), period: 3600 },
        { title: 'Thumbs', shown: [ours('feedback.up'), ours('feedback.down')], period: day },
      ],
    },
    {
      promise: 'A change is made once, after a yes',
      charts: [
        { title: 'Cards', shown: ['yes', 'no', 'expired'].map((how) => ours(`approval.${how}`)) },
        { title: 'Changes', shown: [ours('change.done'), ours('change.unknown')] },
      ],
    },
    {
      promise: 'No budget is overspent',
      charts: [
        { title: 'Cost a day ($): models, runtime', shown: [ours('cost.model'), ours('cost.runtime')], period: day },
        { title: 'Tokens', shown: ['input', 'output', 'cache-read', 'cache-write'].map((kind) => ours(`tokens.${kind}`)) },
        { title: 'Refused for a budget, a day', shown: [ours('question.refused')], period: day },
      ],
    },
    {
      promise: 'What is said to Vera arrives',
      charts: [
        {
          title: 'Not taken',
          shown: ['question.record-failed', 'action.failed', 'portal.failed', 'request.refused'].map((name) => ours(name)),
        },
      ],
    },
    {
      promise: 'Who did what is written down, and nobody changes that unseen',
      charts: [
        {
          title: 'Audit log: not written; not followed; broken',
          shown: ['audit.failed', 'audit.not-copied', 'audit.broken'].map((name) => ours(name)),
        },
      ],
    },
  ];
}

function rowsOfPlatform(metrics: Metrics, watched: Watched): Row[] {
  const { lambda, ledger, unmeasured, worker } = metrics;
  const functions = Object.keys(watched.functions) as (keyof Watched['functions'])[];
  const perFunction = (name: string, statistic?: Metric['statistic']) => [
    ...functions.map((one) => lambda(one, name, statistic)),
    ...(worker.on === 'lambda' ? [worker.lambda(name, statistic)] : []),
  ];
  const capacity = ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits', 'ReadThrottleEvents', 'WriteThrottleEvents'];
  const groups = [watched.worker.logGroup, ...functions.map((one) => watched.functions[one].logGroup)];
  return [
    {
      promise: 'Functions',
      charts: [
        { title: 'Errors', shown: perFunction('Errors') },
        { title: 'Answers of 5xx', shown: [lambda('receiver', 'Url5xxCount'), lambda('auth-portal', 'Url5xxCount')] },
        { title: 'Throttles', shown: perFunction('Throttles') },
        { title: 'Durations, p95 (ms)', shown: perFunction('Duration', 'p95') },
      ],
    },
    ...(worker.on === 'lambda' ? [] : [agentCoreRow(worker)]),
    {
      promise: 'Ledger, and lines of which CloudWatch made no metrics',
      charts: [
        { title: 'Ledger', shown: capacity.map(ledger) },
        {
          title: 'Lines not counted',
          shown: groups.flatMap((group) => (['EMFParsingErrors', 'EMFValidationErrors'] as const).map((name) => unmeasured(name, group))),
        },
      ],
    },
  ];
}

function agentCoreRow({ agent, sessions, agentUsage }: Extract<Metrics['worker'], { on: 'agentcore' }>): Row {
  return {
    promise: 'AgentCore',
    charts: [
      { title: 'Calls', shown: ['Invocations', 'Throttles', 'UserErrors', 'SystemErrors'].map(agent) },
      { title: 'Sessions of the account', shown: [sessions] },
      { title: 'Bill (vCPU and GB hours)', shown: ['CPUUsed-vCPUHours', 'MemoryUsed-GBHours'].map(agentUsage) },
    ],
  };
}

function rowOf({ namespace, name, dimensions, statistic }: Metric) {
  return [namespace, name, ...Object.entries(dimensions).flat(), { stat: statistic }];
}
