import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { traffics } from '../../src/cost/estimate/assumed.ts';
import type { CostedSettings } from '../../src/cost/estimate/costed-settings.ts';
import { estimateOf } from '../../src/cost/estimate/estimate.ts';
import { breakEvenIdleSeconds, onAgentCore, onLambda } from '../../src/cost/estimate/running-costs.ts';
import { eachQuestionTable, runningTable, tellEstimate } from '../../src/cost/estimate/tell-estimate.ts';
import { settingsOfTrial as settings } from './settings-of-trial.ts';

const document = readFileSync(new URL('../../../../../docs/cost.md', import.meta.url), 'utf8');
describe('what runs the worker', () => {
  it('D36 one question on V1 pays memory for all of its session and the processor for its seconds, and the idle share is named', () => {
    const { dollars, idleShare } = onAgentCore(
      { questionsADay: 1, perThread: 1, pause: 0 },
      { seconds: 30, cpuSeconds: 5 },
      { gigabytes: 0.5, startSeconds: 0, startCpuSeconds: 0, idleSeconds: 900 },
      'v1',
    );
    const [, memory, processor, sum, share] =
      /= \$(0\.00122), and .* = \$(0\.00012): \*\*\$(0\.00134)\*\*.* (\d+) % is for idle/.exec(document) ?? [];
    expect(dollars).toBeCloseTo((0.5 * 930 * 0.00945) / 3600 + (5 * 0.0895) / 3600, 10);
    expect(dollars.toFixed(5)).toBe(sum);
    expect(Number(memory) + Number(processor)).toBeCloseTo(dollars, 5);
    expect(String(Math.round(idleShare * 100))).toBe(share);
  });

  it.each([
    ['five questions a day', traffics.few],
    ['36 an hour for eight hours', traffics.dozens],
  ])('costs for %s what docs/cost.md works out by hand', (heading, load) => {
    const [, byHand = ''] = document.split(`**By hand, ${heading}**`);
    const { running } = estimateOf(settings, load);
    for (const [on, name] of [
      ['v1', 'AgentCore V1'],
      ['v2', 'AgentCore V2'],
      ['lambda', 'Lambda'],
    ] as const) {
      const line = byHand.split('\n').find((each) => each.startsWith(`- ${name}`)) ?? '';
      const [, day] = /\*\*\$([\d.]+) a day\*\*/.exec(line) ?? [];
      expect(running[on].dollars.toFixed(3), line).toBe(day);
      // What is multiplied there comes to what is told there.
      if (on !== 'lambda') expect(multiplied(line), line).toBeCloseTo(running[on].dollars / (load.questionsADay / load.perThread), 5);
    }
  });

  it('counts a session for each question where the pause is longer than a session is kept', () => {
    const shape = { gigabytes: 1.2, startSeconds: 2, startCpuSeconds: 0, idleSeconds: 330 };
    const question = { seconds: 60, cpuSeconds: 5 };
    const apart = onAgentCore({ questionsADay: 6, perThread: 3, pause: 3600 }, question, shape, 'v2');
    const alone = onAgentCore({ questionsADay: 6, perThread: 1, pause: 0 }, question, shape, 'v2');
    expect(apart.dollars).toBeCloseTo(alone.dollars, 10);
    expect([apart.starts, alone.starts]).toEqual([6, 6]);
  });

  it.each(['v1', 'v2'] as const)('costs the same on Lambda and on %s where it breaks even', (platform) => {
    const [question, lambda] = [
      { seconds: 60, cpuSeconds: 5 },
      { gigabytes: 2, startSeconds: 3 },
    ];
    const session = { gigabytes: 1.2, startSeconds: 2, startCpuSeconds: 0, idleSeconds: 0 };
    const idleSeconds = breakEvenIdleSeconds(question, session, platform, lambda);
    const one = { questionsADay: 1, perThread: 1, pause: 0 };
    const there = onAgentCore(one, question, { ...session, idleSeconds }, platform).dollars;
    expect(there).toBeCloseTo(onLambda(one, question, lambda).dollars, 10);
  });
});

describe('an estimate', () => {
  it('is told in docs/cost.md as the command tells it', () => {
    const { breakEvenIdleSeconds: even } = estimateOf(settings, traffics.few);
    expect(document).toContain(runningTable(settings));
    expect(document).toContain(eachQuestionTable(settings));
    for (const seconds of Object.values(even)) expect(document).toContain(`**${Math.round(seconds)} seconds**`);
  });

  it('adds up, the model included, and names the idle share', () => {
    const estimate = estimateOf(settings, traffics.dozens);
    const parts = [estimate.model.dollarsADay ?? 0, estimate.running.v2.dollars, ...estimate.others.map(({ dollarsADay }) => dollarsADay)];
    expect(estimate.dollarsADay).toBeCloseTo(
      parts.reduce((one, other) => one + other),
      10,
    );
    expect(estimate.model.dollarsADay).toBeCloseTo(288 * 0.132, 6);
    expect(tellEstimate(estimate)).toMatch(/AgentCore V2 +\$0\.393 .*62 % of it is idle time/);
  });

  it('counts what the settings have, and nothing else', () => {
    const named = (more: Partial<CostedSettings>) => estimateOf({ ...settings, ...more }, traffics.few).others.map(({ what }) => what);
    expect(named({})).toEqual(expect.arrayContaining(['KMS key', 'AgentCore memory']));
    expect(named({ keyArn: 'arn:aws:kms:…', memory: 'off' })).not.toEqual(expect.arrayContaining(['KMS key']));
    expect(named({ memory: 'off' })).not.toContain('AgentCore memory');
    expect(named({})).not.toContain('firewalls (WAF)');
    expect(named({ front: {}, gateway: {} })).toEqual(expect.arrayContaining(['firewalls (WAF)', 'AgentCore gateway']));
    expect(estimateOf({ ...settings, network: { mode: 'vpc' } }, traffics.few).notCounted.join()).toContain('NAT gateway is $32.40');
  });

  it('counts what watching comes to, as docs/cost.md works it out, and none of it where it is switched off', () => {
    const monthly =
      (load: typeof traffics.few, more: Partial<CostedSettings> = {}) =>
      (what: string) =>
        (estimateOf({ ...settings, ...more }, load).others.find((other) => other.what === what)?.dollarsADay ?? 0) * 30;
    const told = (what: string) => [traffics.few, traffics.dozens].map((load) => `$${monthly(load)(what).toFixed(2)}`);
    const [, watching = ''] = document.split('## What watching comes to');
    for (const what of ['CloudWatch metrics', 'usage logs of AgentCore']) {
      const line = watching.split('\n- ').find((each) => each.startsWith(`**${what}**`)) ?? '';
      expect(
        [...line.matchAll(/\*\*(\$[\d.]+) a month\*\*/g)].map(([, dollars]) => dollars),
        what,
      ).toEqual(told(what));
    }
    for (const what of ['alarms', 'dashboard']) {
      const [, dollars] = watching.split(`- **${what}**`)[1]?.match(/\*\*(\$[\d.]+) a month\*\*/) ?? [];
      expect(`$${monthly(traffics.few)(what).toFixed(2)}`, what).toBe(dollars);
    }
    const off = monthly(traffics.dozens, { tracing: 'off', usageLogs: 'off' });
    expect([off('traces (X-Ray)'), off('usage logs of AgentCore')]).toEqual([0, 0]);
    expect(monthly(traffics.dozens, { tracedShare: 0.1 })('traces (X-Ray)')).toBeCloseTo(
      0.1 * monthly(traffics.dozens)('traces (X-Ray)'),
      10,
    );
    const onLambda = monthly(traffics.dozens, { worker: { on: 'lambda', memoryMegabytes: 2048 } });
    expect(onLambda('usage logs of AgentCore')).toBe(0);
  });

  it('says so where the price of the model is not known', () => {
    const estimate = estimateOf({ ...settings, model: { id: 'eu.somebody.model', profiles: {} } }, traffics.few);
    expect(estimate.model.dollarsADay).toBeUndefined();
    expect(tellEstimate(estimate)).toContain('no price of it is known');
    expect(tellEstimate(estimate)).toContain('without the model');
  });
});

/** `2.7 GB × (7 + 60 + 330) s ÷ 3600 × $0.00945 = …, and 12 s ÷ 3600 × $0.0895 = …`, worked out. */
function multiplied(line: string): number {
  const [, gigabytes, seconds = '', gigabyteHour] = /([\d.]+) GB × \(([\d +]+)\) s ÷ 3600 × \$([\d.]+) =/.exec(line) ?? [];
  const [, cpuSeconds, cpuHour] = /and (\d+) s ÷ 3600 × \$([\d.]+) =/.exec(line) ?? [];
  const sum = seconds.split('+').reduce((total, each) => total + Number(each), 0);
  return (Number(gigabytes) * sum * Number(gigabyteHour) + Number(cpuSeconds) * Number(cpuHour)) / 3600;
}
