import { createReferences } from '../../permissions/references.ts';
import { type ResourceJson, resourcesOfType, type StacksJson } from '../../permissions/stacks-json.ts';

/** A metric that something reads. */
export interface Query {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly unit?: string;
}

/** An alarm as CloudWatch will have it. */
export interface DeployedAlarm {
  readonly name: string;
  readonly queries: Readonly<Record<string, Query>>;
  readonly expression: string;
  /** In minutes. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly comparison: string;
  readonly threshold: number;
  readonly treatMissingData: string;
  readonly says: string;
  readonly actions: { readonly alarm: readonly string[]; readonly ok: readonly string[] };
}

/** All that alarms and dashboards read, with Terraform's references followed. */
export function deployedMetricsOf(stacks: StacksJson) {
  const references = createReferences(stacks);
  const filled = (type: string) =>
    resourcesOfType(stacks, type).map(({ stack, resource }) => deeply(resource, (text) => references.textOf(stack, text)));
  return {
    alarms: filled('aws_cloudwatch_metric_alarm').map(alarmOf),
    widgets: filled('aws_cloudwatch_dashboard').flatMap(({ dashboard_body: body }) => widgetsOf(String(body))),
    /** Names of the alarms whose states the dashboards show. */
    shownAlarms: filled('aws_cloudwatch_dashboard').flatMap(({ dashboard_body: body }) => alarmsShownIn(String(body))),
  };
}

function deeply(resource: ResourceJson, fill: (text: string) => string): ResourceJson {
  const { '//': _, ...rest } = resource;
  const within = (value: unknown): unknown => {
    if (typeof value === 'string') return fill(value);
    if (Array.isArray(value)) return value.map(within);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, within(one)]));
  };
  return within(rest) as ResourceJson;
}

interface MetricBlock {
  readonly namespace: string;
  readonly metric_name: string;
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly unit?: string;
  readonly period: number;
  readonly stat: string;
}

function alarmOf(alarm: ResourceJson): DeployedAlarm {
  const parts = alarm.metric_query as
    | readonly { id: string; expression?: string; return_data?: boolean; metric?: MetricBlock }[]
    | undefined;
  const blocks = parts
    ? parts.flatMap(({ id, metric }) => (metric ? [[id, metric] as const] : []))
    : [['alone', { ...(alarm as unknown as MetricBlock), stat: String(alarm.statistic) }] as const];
  const result = parts?.find(({ return_data: isResult }) => isResult);
  const [period, ...others] = new Set(blocks.map(([, metric]) => metric.period));
  if (period === undefined || others.length > 0 || period % 60 !== 0)
    throw new Error(`${alarm.alarm_name} has no one period of whole minutes`);
  return {
    name: String(alarm.alarm_name),
    queries: Object.fromEntries(blocks.map(([id, metric]) => [id, queryOf(metric)])),
    expression: parts ? (result?.expression ?? String(result?.id)) : 'alone',
    period: period / 60,
    evaluationPeriods: Number(alarm.evaluation_periods),
    datapointsToAlarm: Number(alarm.datapoints_to_alarm ?? alarm.evaluation_periods),
    comparison: String(alarm.comparison_operator),
    threshold: Number(alarm.threshold),
    treatMissingData: String(alarm.treat_missing_data ?? 'missing'),
    says: String(alarm.alarm_description),
    actions: { alarm: alarm.alarm_actions as string[], ok: alarm.ok_actions as string[] },
  };
}

function queryOf({ namespace, metric_name: name, dimensions = {}, stat: statistic, unit }: MetricBlock): Query {
  return { namespace, name, dimensions, statistic, ...(unit ? { unit } : {}) };
}

/** Throws for a chart that searches: nobody could say here what it finds. */
function widgetsOf(body: string): { title: string; query: Query }[] {
  return partsOf(body).flatMap(({ properties: { title = '', stat = 'Average', metrics = [] } }) =>
    metrics.map((row) => {
      const [namespace, name, ...rest] = row.filter((part) => typeof part === 'string');
      const options = row.find((part) => typeof part === 'object') ?? {};
      if (namespace === undefined || name === undefined) throw new Error(`'${title}' names no metric: ${JSON.stringify(row)}`);
      const dimensions = Object.fromEntries(Array.from({ length: rest.length / 2 }, (_, index) => rest.slice(index * 2, index * 2 + 2)));
      return {
        title,
        query: { namespace, name, dimensions, statistic: options.stat ?? stat, ...(options.unit ? { unit: options.unit } : {}) },
      };
    }),
  );
}

function alarmsShownIn(body: string): string[] {
  return partsOf(body).flatMap(({ properties: { alarms = [] } }) => alarms.map((arn) => arn.split(':alarm:')[1] ?? arn));
}

interface Part {
  readonly properties: {
    readonly title?: string;
    readonly stat?: string;
    readonly metrics?: readonly (readonly (string | { stat?: string; unit?: string })[])[];
    readonly alarms?: readonly string[];
  };
}

function partsOf(body: string): readonly Part[] {
  return (JSON.parse(body) as { widgets: Part[] }).widgets;
}
