import { readFileSync } from 'node:fs';
import { measuredEvents } from '@vera/service-kit/measure';
import { describe, expect, it } from 'vitest';
import { lambda, production, trial } from '../example-settings.ts';
import { synthesise } from '../synthesised.ts';
import { countedLines, metricsToldBy } from './counted-lines.ts';
import { deployedMetricsOf, type Query } from './deployed-metrics.ts';
import { type Emitters, emittersOf } from './emitters.ts';
import { writersOf } from './logged-events.ts';
import { queryFindings } from './metric-findings.ts';

const deployed = Object.entries({ trial, production, lambda }).map(([name, settings]) => {
  const { stacks } = synthesise(settings, name);
  return { name, ...deployedMetricsOf(stacks), emitters: emittersOf(stacks) };
});

describe.each(deployed)('a metric that is read in $name', ({ alarms, widgets, shownAlarms, emitters }) => {
  it('is emitted, by exactly these dimensions: in alarms', () => {
    const findings = alarms.flatMap(({ name, queries }) =>
      Object.values(queries).flatMap((query) => queryFindings(query, emitters).map((finding) => `${name}: ${finding}`)),
    );
    expect(findings).toEqual([]);
    expect(alarms.length).toBeGreaterThan(15);
  });

  it('is emitted, by exactly these dimensions: on the dashboard', () => {
    const findings = widgets.flatMap(({ title, query }) => queryFindings(query, emitters).map((finding) => `${title}: ${finding}`));
    expect(findings).toEqual([]);
    expect(widgets.length).toBeGreaterThan(25);
  });

  it('is shown with the others: each of ours is on the dashboard or rings, by each of its values', () => {
    const keyOf = ({ name, dimensions }: Pick<Query, 'name' | 'dimensions'>) => JSON.stringify([name, dimensions]);
    const read = new Set([...alarms.flatMap(({ queries }) => Object.values(queries)), ...widgets.map(({ query }) => query)].map(keyOf));
    expect(emitters.told.map(keyOf).filter((key) => !read.has(key))).toEqual([]);
  });

  it('has its alarm’s state on the dashboard', () => {
    expect([...shownAlarms].sort()).toEqual(
      alarms
        .map(({ name }) => name)
        .filter((name) => !name.endsWith('-blocked'))
        .sort(),
    );
  });
});

describe('a line that counts', () => {
  it('is known here with the fields that it has, each of them, and is written by somebody', () => {
    expect(Object.keys(countedLines).sort()).toEqual([...measuredEvents].sort());
    expect(Object.keys(countedLines).filter((event) => writersOf(event).length === 0)).toEqual([]);
  });

  it('is told by whoever runs its code, though a package that they share writes it, and by nobody else', () => {
    expect(writersOf('audit.failed')).toEqual(['audit', 'auth-portal', 'receiver', 'sweeper', 'worker']);
    expect(writersOf('audit.broken')).toEqual(['audit', 'sweeper']);
  });

  it('comes to so many metrics as docs/cost.md pays for', () => {
    const given = { deployment: 'use1-dev-vera', servers: [] };
    const names = ['receiver', 'sweeper', 'auth-portal', 'worker'].flatMap((name) => metricsToldBy(name, given)).map(({ name }) => name);
    const [, most] = /(\d+) metrics of its own/.exec(readFileSync(new URL('../../../docs/cost.md', import.meta.url), 'utf8')) ?? [];
    expect(new Set(names).size).toBe(Number(most));
  });
});

describe('a metric that nobody emits', () => {
  const [{ emitters, alarms }] = deployed as [(typeof deployed)[number]];
  const ours = 'use1-dev-vera';
  const lost: Query = { namespace: 'Vera', name: 'question.lost', dimensions: { Deployment: ours }, statistic: 'Sum' };
  const receiver = { FunctionName: `${ours}-receiver` };
  const table = { TableName: `${ours}-ledger` };
  const errors: Query = { namespace: 'AWS/Lambda', name: 'Errors', dimensions: receiver, statistic: 'Sum' };
  const agent = Object.values(alarms.find(({ name }) => name.endsWith('agent-errors'))?.queries ?? {})[0] as Query;
  const { Resource = '' } = agent.dimensions;

  it.each<[string, Query]>([
    ['ours without its dimension', { ...lost, dimensions: {} }],
    ['ours with another dimension', { ...lost, dimensions: { environment: 'trial' } }],
    ['ours with one dimension more', { ...lost, dimensions: { ...lost.dimensions, environment: 'trial' } }],
    ['ours of another bot', { ...lost, dimensions: { Deployment: 'use1-dev-otto' } }],
    ['ours in a namespace of its own', { ...lost, namespace: ours }],
    ['ours of a server that is not there', { ...lost, name: 'tool.errors', dimensions: { ...lost.dimensions, Server: 'nobody' } }],
    ['ours of no server', { ...lost, name: 'tool.errors' }],
    ['ours, misspelt', { ...lost, name: 'questions.lost' }],
    ['ours in a unit', { ...lost, unit: 'None' }],
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
    expect(queryFindings(query, emitters)).toHaveLength(1);
  });

  it('D18 is found where its line gets a dimension, another unit or another namespace, and the alarm does not', () => {
    const changed = (change: Partial<Emitters['told'][number]>) => ({
      ...emitters,
      told: emitters.told.map((point) => ({ ...point, ...change })),
    });
    for (const change of [
      { dimensions: { environment: 'trial' } },
      { dimensions: { ...lost.dimensions, environment: 'trial' } },
      { namespace: ours },
      { name: 'lost' },
    ])
      expect(queryFindings(lost, changed(change)), JSON.stringify(change)).toHaveLength(1);
    // As it was counted by a filter of the log, before the lines had their metrics in them.
    expect(queryFindings({ ...lost, namespace: ours, dimensions: {} }, emitters)).toHaveLength(1);
    expect(queryFindings({ ...lost, unit: 'Count' }, changed({ unit: 'None' }))).not.toEqual([]);
    expect(queryFindings(lost, { ...emitters, told: [] })).toHaveLength(1);
  });
});

it('alarms are as many, over as many metrics, as docs/cost.md counts', () => {
  const { gateway: _, ...withoutGateway } = trial;
  const [many, fewer] = [trial, withoutGateway].map((settings) => {
    const { alarms } = deployedMetricsOf(synthesise(settings, 'trial').stacks);
    return `${alarms.length} over ${alarms.reduce((sum, { queries }) => sum + Object.values(queries).length, 0)}`;
  });
  const document = readFileSync(new URL('../../../docs/cost.md', import.meta.url), 'utf8');
  expect(document).toContain(`${fewer} metrics are **`);
  expect(document).toContain(`with a gateway ${many}.`);
});
