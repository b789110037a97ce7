import { describe, expect, it } from 'vitest';
import { lambda, production, trial } from '../example-settings.ts';
import { synthesise } from '../synthesised.ts';
import { deployedMetricsOf, type Filter, type Query } from './deployed-metrics.ts';
import { emittersOf } from './emitters.ts';
import { writersOf } from './logged-events.ts';
import { filterFindings, queryFindings } from './metric-findings.ts';

const logs = (name: string, event: string) => writersOf(event).includes(name);

const deployed = Object.entries({ trial, production, lambda }).map(([name, settings]) => {
  const { stacks } = synthesise(settings, name);
  return { name, ...deployedMetricsOf(stacks), emitters: emittersOf(stacks) };
});

describe.each(deployed)('a metric that is read in $name', ({ alarms, widgets, filters, emitters }) => {
  it('is emitted, by exactly these dimensions: in alarms', () => {
    const findings = alarms.flatMap(({ name, queries }) =>
      Object.values(queries).flatMap((query) => queryFindings(query, filters, emitters).map((finding) => `${name}: ${finding}`)),
    );
    expect(findings).toEqual([]);
    expect(alarms.length).toBeGreaterThan(15);
  });

  it('is emitted, by exactly these dimensions: on the dashboard', () => {
    const findings = widgets.flatMap(({ title, query }) =>
      queryFindings(query, filters, emitters).map((finding) => `${title}: ${finding}`),
    );
    expect(findings).toEqual([]);
    expect(widgets.length).toBeGreaterThan(25);
  });

  it('is, where it is ours, counted from a line that the code writes into that log', () => {
    expect(filters.flatMap((filter) => filterFindings(filter, emitters, logs))).toEqual([]);
    const read = new Set(
      [...alarms.flatMap(({ queries }) => Object.values(queries)), ...widgets.map(({ query }) => query)].map(({ name }) => name),
    );
    expect(filters.filter(({ name }) => !read.has(name))).toEqual([]);
  });
});

describe('a metric that nobody emits', () => {
  const [{ filters, emitters, alarms }] = deployed as [(typeof deployed)[number]];
  const ours = 'use1-dev-vera';
  const lost: Query = { namespace: ours, name: 'question.lost', dimensions: {}, statistic: 'Sum' };
  const receiver = { FunctionName: `${ours}-receiver` };
  const table = { TableName: `${ours}-ledger` };
  const errors: Query = { namespace: 'AWS/Lambda', name: 'Errors', dimensions: receiver, statistic: 'Sum' };
  const agent = Object.values(alarms.find(({ name }) => name.endsWith('agent-errors'))?.queries ?? {})[0] as Query;
  const { Resource = '' } = agent.dimensions;

  it.each<[string, Query]>([
    ['ours with a dimension', { ...lost, dimensions: { environment: 'trial' } }],
    ['ours of another bot', { ...lost, namespace: 'use1-dev-otto' }],
    ['ours, misspelt', { ...lost, name: 'questions.lost' }],
    ['ours in a unit', { ...lost, unit: 'Count' }],
    ['ours, but its largest', { ...lost, statistic: 'Maximum' }],
    ['a name that AWS never had', { ...errors, name: 'ExecutionsFailedCount' }],
    ['one in capitals', { ...errors, name: 'URL5xxCount' }],
    ['a namespace like AWS’s', { ...errors, namespace: 'AWS/Lambdas' }],
    ['a function’s without a function', { ...errors, dimensions: {} }],
    ['a function’s by another word', { ...errors, dimensions: { functionName: `${ours}-receiver` } }],
    ['of a function that is not there', { ...errors, dimensions: { FunctionName: `${ours}-reciever` } }],
    ['with one dimension more', { ...errors, dimensions: { ...receiver, ExecutedVersion: '1' } }],
    ['in another unit', { ...errors, unit: 'Percent' }],
    ['average of a count', { ...errors, statistic: 'Average' }],
    ['throttles of a table alone', { namespace: 'AWS/DynamoDB', name: 'ThrottledRequests', dimensions: table, statistic: 'Sum' }],
    ['AgentCore’s by resource alone', { ...agent, dimensions: { Resource } }],
    ['AgentCore’s calls by service', { ...agent, dimensions: { Service: 'AgentCore.Runtime', Resource } }],
    ['AgentCore’s of the default endpoint', { ...agent, dimensions: { ...agent.dimensions, Name: 'use1_dev_vera_runtime::DEFAULT' } }],
    ['AgentCore’s by the runtime’s id', { ...agent, dimensions: { ...agent.dimensions, Resource: Resource.split('/')[1] ?? '' } }],
    ['AgentCore’s in a namespace like its own', { ...agent, namespace: 'AWS/BedrockAgentCore' }],
  ])('is found: %s', (_, query) => {
    expect(queryFindings(query, filters, emitters)).toHaveLength(1);
  });

  it('is found where its counter gets a dimension, a unit or another namespace, and the alarm does not', () => {
    const changed = (change: Partial<Filter>) => filters.map((filter) => ({ ...filter, ...change }));
    for (const change of [{ dimensions: ['environment'] }, { namespace: 'vera' }, { name: 'lost' }])
      expect(queryFindings(lost, changed(change), emitters), JSON.stringify(change)).toHaveLength(1);
    expect(queryFindings({ ...lost, unit: 'None' }, changed({ unit: 'Count' }), emitters)).toHaveLength(1);
    expect(queryFindings(lost, [], emitters)).toHaveLength(1);
  });

  it.each<[string, Partial<Filter>]>([
    ['a log that nobody writes', { logGroup: '/aws/lambda/use1-dev-vera-other' }],
    ['the log of another part', { logGroup: '/aws/lambda/use1-dev-vera-invoker' }],
    ['an event that nobody writes', { event: 'question.vanished' }],
    ['more than an event', { event: undefined }],
  ])('is found where its filter reads %s', (_, change) => {
    const filter = filters.find(({ name }) => name === 'question.lost') as Filter;
    expect(filterFindings(filter, emitters, logs)).toEqual([]);
    expect(filterFindings({ ...filter, ...change }, emitters, logs)).toHaveLength(1);
  });
});
