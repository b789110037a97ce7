import { awsMetrics } from './aws-metrics.ts';
import type { Filter, Query } from './deployed-metrics.ts';
import type { Emitters } from './emitters.ts';

/** Why a metric that is read has no data, or other data than it seems: nobody emits it, not by these dimensions, not in this unit. */
export function queryFindings(query: Query, filters: readonly Filter[], { dimensions: values }: Emitters): string[] {
  const { namespace, name, statistic, unit, dimensions } = query;
  const producers = namespace.startsWith('AWS/') ? awsProducers(namespace, name) : filterProducers(filters, namespace, name);
  const set = Object.keys(dimensions).sort().join(', ');
  const [producer] = producers.filter(({ dimensionSets }) => dimensionSets.some((one) => one.toSorted().join(', ') === set));
  if (producers.length === 0) return [`nobody emits ${namespace} ${name}`];
  if (!producer)
    return [`nobody emits ${namespace} ${name} by [${set}], but by ${JSON.stringify(producers.flatMap((one) => one.dimensionSets))}`];
  return [
    ...(unit !== undefined && unit !== producer.unit ? [`${name} is read in ${unit} and emitted in ${producer.unit}`] : []),
    ...(producer.statistics.includes(statistic) ? [] : [`${statistic} of ${name} says nothing: ${producer.statistics.join(', ')} do`]),
    ...Object.entries(dimensions).flatMap(([dimension, value]) =>
      values[dimension]?.includes(value) ? [] : [`there is no ${dimension} '${value}', but ${values[dimension]?.join(', ')}`],
    ),
  ];
}

function awsProducers(namespace: string, name: string) {
  const metric = awsMetrics[namespace]?.[name];
  return metric ? [metric] : [];
}

function filterProducers(filters: readonly Filter[], namespace: string, name: string) {
  return filters
    .filter((filter) => filter.namespace === namespace && filter.name === name)
    .map(({ dimensions, unit }) => ({ dimensionSets: [dimensions], unit, statistics: ['Sum'] }));
}

/** Why a filter counts nothing: its group is nobody's, or who writes there never writes this event. `logs` tells whether a package's code does. */
export function filterFindings(filter: Filter, { packages }: Emitters, logs: (name: string, event: string) => boolean): string[] {
  const { logGroup, event, name } = filter;
  const writer = packages[logGroup];
  if (writer === undefined) return [`nobody writes into ${logGroup}`];
  if (event === undefined) return [`what ${name} counts cannot be told`];
  return logs(writer, event) ? [] : [`${writer} never logs ${event}`];
}
