import { awsMetrics } from './aws-metrics.ts';
import type { Query } from './deployed-metrics.ts';
import type { Emitters } from './emitters.ts';

interface Producer {
  readonly dimensions: readonly string[];
  readonly unit: string;
  readonly statistics: readonly string[];
}

/** Why a metric that is read has no data, or other data than it seems: nobody emits it, not by these dimensions, not in this unit. */
export function queryFindings(query: Query, { dimensions: values, told }: Pick<Emitters, 'dimensions' | 'told'>): string[] {
  const { namespace, name, statistic, unit, dimensions } = query;
  const isOfAws = namespace.startsWith('AWS/');
  const producers = isOfAws ? awsProducers(namespace, name) : ownProducers(told, namespace, name);
  const set = setOf(Object.keys(dimensions));
  const producer = producers.find((one) => setOf(one.dimensions) === set);
  if (producers.length === 0) return [`nobody emits ${namespace} ${name}`];
  if (!producer)
    return [`nobody emits ${namespace} ${name} by [${set}], but by ${producers.map((one) => `[${setOf(one.dimensions)}]`).join(', ')}`];
  const known = isOfAws ? values : ownValues(told, namespace, name);
  return [
    ...(unit !== undefined && unit !== producer.unit ? [`${name} is read in ${unit} and emitted in ${producer.unit}`] : []),
    ...(producer.statistics.includes(statistic) ? [] : [`${statistic} of ${name} says nothing: ${producer.statistics.join(', ')} do`]),
    ...Object.entries(dimensions).flatMap(([dimension, value]) =>
      known[dimension]?.includes(value) ? [] : [`there is no ${dimension} '${value}', but ${known[dimension]?.join(', ')}`],
    ),
  ];
}

function setOf(names: readonly string[]): string {
  return names.toSorted().join(', ');
}

function awsProducers(namespace: string, name: string): Producer[] {
  const { dimensionSets = [], ...metric } = awsMetrics[namespace]?.[name] ?? {};
  return dimensionSets.map((dimensions) => ({ unit: '', statistics: [], ...metric, dimensions }));
}

/** Of a count the largest one says nothing: each line counts one. Of a yes or no, its average does. Of an amount there is nothing but its sum. */
const statisticsByUnit: Readonly<Record<string, readonly string[]>> = {
  Count: ['Sum', 'Average', 'SampleCount'],
  Milliseconds: ['p50', 'p95', 'p99', 'Average', 'Maximum', 'SampleCount'],
  Seconds: ['Maximum'],
  None: ['Sum'],
};

function ownProducers(told: Emitters['told'], namespace: string, name: string): Producer[] {
  return told
    .filter((point) => point.namespace === namespace && point.name === name)
    .map(({ dimensions, unit }) => ({ dimensions: Object.keys(dimensions), unit, statistics: statisticsByUnit[unit] ?? [] }));
}

function ownValues(told: Emitters['told'], namespace: string, name: string): Emitters['dimensions'] {
  const all = told
    .filter((point) => point.namespace === namespace && point.name === name)
    .flatMap(({ dimensions }) => Object.entries(dimensions));
  return Object.fromEntries(
    [...Map.groupBy(all, ([dimension]) => dimension)].map(([dimension, those]) => [dimension, those.map(([, value]) => value)]),
  );
}
