import { describe, expect, it } from 'vitest';
import type { SettingsInput } from '../../settings/settings-schema.ts';
import { lambda, production, trial } from '../example-settings.ts';
import { synthesise } from '../synthesised.ts';
import { statesOf, type Watching } from './alarm-states.ts';
import { createDay, type Day, hour, normalDays } from './day.ts';
import { type DeployedAlarm, deployedMetricsOf, type Query } from './deployed-metrics.ts';
import { emittersOf } from './emitters.ts';
import { faults as allFaults, begins as at } from './faults.ts';
import { writersOf } from './logged-events.ts';

const inAgentCore = seenIn(trial, 'agentcore');
const { alarms, faults } = inAgentCore;
const inLambda = seenIn(lambda, 'lambda');

function seenIn(settings: SettingsInput, worker: 'agentcore' | 'lambda') {
  const { stacks } = synthesise(settings);
  const own = allFaults.filter((fault) => (fault.worker ?? worker) === worker);
  return { ...deployedMetricsOf(stacks), emitters: emittersOf(stacks), faults: own };
}

const roleOf = ({ name }: DeployedAlarm) => name.replace('use1-dev-vera-', '');
/** Those of the servers of tools are all alike. */
const kindsOf = (roles: readonly string[]) => [...new Set(roles.map((role) => role.replace(/^tools-failing-.+/, 'tools-failing')))].sort();
const wholeDay = [24 * hour, 48 * hour] as const;
/** CloudWatch's window moves on each minute; how far it looks back beyond what it evaluates is not told. */
const waysToWatch: readonly Watching[] = [{ lookBack: 0 }, { lookBack: 2 }];

function dataOf(...tells: readonly ((day: Day) => void)[]) {
  return dataIn(inAgentCore, ...tells);
}

function dataIn(seen: ReturnType<typeof seenIn>, ...tells: readonly ((day: Day) => void)[]) {
  const day = createDay(seen.emitters);
  for (const tell of tells) tell(day);
  return day.data();
}

const ringing = (data: ReturnType<typeof dataOf>, when: readonly [number, number], watching: Watching, those = alarms) =>
  those
    .filter((alarm) => statesOf(alarm, data, when, watching).includes('ALARM'))
    .map(roleOf)
    .sort();

describe('an alarm', () => {
  it.each(waysToWatch)('is silent on a normal day, %j', (watching) => {
    expect(ringing(dataOf(normalDays), wholeDay, watching)).toEqual([]);
  });

  it.each(faults)('rings, and no other does, when $what', ({ on = normalDays, tells, rings }) => {
    const data = dataOf(on, (day) => tells(day, at));
    for (const watching of waysToWatch) {
      const during = [at, at + 1.5 * hour] as const;
      expect(ringing(data, during, watching), JSON.stringify(watching)).toEqual([...rings].sort());
    }
    // And ends with it, which is told as well.
    for (const alarm of alarms) expect(statesOf(alarm, data, [46 * hour, 47 * hour], { lookBack: 0 }), alarm.name).not.toContain('ALARM');
  });

  it.each(faults)('rings wherever CloudWatch cuts time into periods, when $what', ({ on = normalDays, tells, rings }) => {
    const data = dataOf(on, (day) => tells(day, at));
    for (const alarm of alarms.filter((one) => rings.includes(roleOf(one))))
      for (let cut = 0; cut < alarm.period; cut += Math.max(1, alarm.period / 15))
        expect(statesOf(alarm, data, [at, at + hour + alarm.period], { lookBack: 0, cut }), `${alarm.name} cut at ${cut}`).toContain(
          'ALARM',
        );
  });

  it('D16 rings where the failures queue refuses what the invoker failed at, and where Lambda gives it up', () => {
    const witnesses = ['DestinationDeliveryFailures', 'AsyncEventsDropped'].map((metric) =>
      ringing(
        dataOf(normalDays, (day) => day.lambda('invoker', metric, at)),
        [at, at + hour],
        { lookBack: 0 },
      ),
    );
    expect(witnesses).toEqual([['invoker-failures-refused'], ['invoker-dropped']]);
  });

  it('has a fault that it rings for, each of them', () => {
    expect(kindsOf(alarms.map(roleOf))).toEqual(kindsOf(faults.flatMap(({ rings }) => rings)));
  });

  it('is silent on a normal day where the worker is a function, and has a fault it rings for there', () => {
    const [watching] = waysToWatch as [Watching];
    expect(ringing(dataIn(inLambda, normalDays), wholeDay, watching, inLambda.alarms)).toEqual([]);
    expect(kindsOf(inLambda.alarms.map(roleOf))).toEqual(kindsOf(inLambda.faults.flatMap(({ rings }) => rings)));
  });

  it.each(inLambda.faults.filter(({ worker }) => worker))('rings, and no other does, when $what', ({ tells, rings }) => {
    const data = dataIn(inLambda, normalDays, (day) => tells(day, at));
    for (const watching of waysToWatch)
      expect(ringing(data, [at, at + 1.5 * hour], watching, inLambda.alarms), JSON.stringify(watching)).toEqual([...rings].sort());
  });

  it.each<[string, (query: Query) => Query]>([
    ['one dimension more', (query) => ({ ...query, dimensions: { ...query.dimensions, environment: 'trial' } })],
    ['another name', (query) => ({ ...query, name: `${query.name}Count` })],
    ['another namespace', (query) => ({ ...query, namespace: `${query.namespace}s` })],
  ])('would ring for none of it if it read %s', (_, plant) => {
    const planted = alarms
      .filter((alarm) => roleOf(alarm) !== 'sweeper-silent')
      .map((alarm) => ({ ...alarm, queries: Object.fromEntries(Object.entries(alarm.queries).map(([id, query]) => [id, plant(query)])) }));
    for (const { on = normalDays, tells } of faults)
      expect(
        ringing(
          dataOf(on, (day) => tells(day, at)),
          [at, at + 1.5 * hour],
          { lookBack: 0 },
          planted,
        ),
      ).toEqual([]);
  });

  it('says what it means, what to do and what is promised, in what an e-mail holds, and is told when it rings and when it ends', () => {
    for (const { name, says, actions } of [...alarms, ...inLambda.alarms]) {
      expect(says, name).toMatch(/^\p{Lu}.{20,}\. .{20,}\. Promised: .+\. Runbook: docs\/operate\.md#[a-z-]+$/u);
      expect(says.length, name).toBeLessThanOrEqual(1024);
      expect(actions, name).toEqual({ alarm: actions.ok, ok: [expect.stringMatching(/:use1-dev-vera-alarms$/)] });
      for (const [event] of says.replace(/ Runbook: .*/, '').matchAll(/\b[a-z]+\.[a-z]+(?:-[a-z]+)*(?![\w.-])/g))
        expect(writersOf(event), `${name}: ${event}`).not.toEqual([]);
    }
  });

  it('is the same in production, but for names', () => {
    const shapeOf = ({ period, threshold, comparison, expression, treatMissingData }: DeployedAlarm) => [
      ...[period, threshold, comparison, expression, treatMissingData],
    ];
    const there = deployedMetricsOf(synthesise(production, 'production').stacks).alarms;
    const shapesOf = (those: readonly DeployedAlarm[]) => [...new Set(those.map(shapeOf).map((shape) => JSON.stringify(shape)))];
    expect(shapesOf(there)).toEqual(shapesOf(alarms));
  });
});
