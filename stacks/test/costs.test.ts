import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { breakEvenIdleSeconds, costsTable, dollarsADay } from '../costs/running-costs.ts';
import { parseSettings } from '../settings/settings.ts';
import { leastSettings } from './synthesised.ts';

const settings = parseSettings('trial', leastSettings);
const document = readFileSync(new URL('../../docs/cost.md', import.meta.url), 'utf8');

// By hand, from the price lists: dollars a GB hour, a vCPU hour and, on Lambda, a GB second and a request.
const [gigabyteHour, cpuHour, gigabyteSecond, request] = [0.0169, 0.1276, 0.0000133334, 0.0000002];
const onLambda = 2 * 63 * gigabyteSecond + request;

describe('what runs the worker', () => {
  it('costs for five questions a day what a calculation by hand says', () => {
    const { agentCore, lambda } = dollarsADay({ questionsADay: 5, perThread: 1, pause: 0 }, settings);
    expect(agentCore).toBeCloseTo(5 * ((1.2 * (2 + 60 + 330) * gigabyteHour) / 3600 + (5 * cpuHour) / 3600), 10);
    expect(lambda).toBeCloseTo(5 * onLambda, 10);
    expect([agentCore.toFixed(4), lambda.toFixed(4)]).toEqual(['0.0119', '0.0084']);
  });

  it('costs for dozens an hour what a calculation by hand says', () => {
    const { agentCore, lambda } = dollarsADay({ questionsADay: 288, perThread: 3, pause: 60 }, settings);
    const seconds = 2 + 3 * 60 + 2 * 60 + 330;
    expect(agentCore).toBeCloseTo(96 * ((1.2 * seconds * gigabyteHour) / 3600 + (15 * cpuHour) / 3600), 10);
    expect(lambda).toBeCloseTo(288 * onLambda, 10);
    expect([agentCore.toFixed(3), lambda.toFixed(3)]).toEqual(['0.393', '0.484']);
  });

  it('counts a session for each question where the pause is longer than a session is kept', () => {
    const apart = dollarsADay({ questionsADay: 6, perThread: 3, pause: 3600 }, settings);
    expect(apart.agentCore).toBeCloseTo(dollarsADay({ questionsADay: 6, perThread: 1, pause: 0 }, settings).agentCore, 10);
  });

  it('breaks even where a session idles 205 seconds for each question, and costs the same there', () => {
    const idle = breakEvenIdleSeconds(settings);
    expect(Math.round(idle)).toBe(205);
    const stopped = { ...settings, session: { ...settings.session, stopAfterMinutes: 'never' as const, idleSeconds: idle } };
    const { agentCore, lambda } = dollarsADay({ questionsADay: 1, perThread: 1, pause: 0 }, stopped);
    expect(agentCore).toBeCloseTo(lambda, 10);
  });

  it('stands so in docs/cost.md', () => {
    expect(document).toContain(costsTable(settings));
    expect(document).toContain('more than **205 seconds**');
    for (const price of [gigabyteHour, cpuHour, gigabyteSecond]) expect(document).toContain(`$${price}`);
  });
});
