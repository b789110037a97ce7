import { createTestClock } from '@vera/stand-in-kit/clock';
import { expect, it } from 'vitest';
import type { SessionView } from '../../src/create-agent-core-runtime.ts';
import { keepUsageLog } from '../../src/usage/keep-usage-log.ts';
import { measureProcess } from '../../src/usage/measure-process.ts';
import { simulateUsage } from '../../src/usage/simulate-usage.ts';

const runtimeArn = 'arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/use1_dev_vera_runtime-0123456789';

const numbersIn = ({ message }: { readonly message: string }) => {
  const { attributes, metrics } = JSON.parse(message);
  const seconds: number = attributes.time_elapsed_seconds;
  return {
    seconds,
    cpuSeconds: Math.round(metrics['agent.runtime.vcpu.hours.used'] * 3600 * 100) / 100,
    gigabytes: Math.round((metrics['agent.runtime.memory.gb_hours.used'] / seconds) * 3600 * 1000) / 1000,
  };
};

it.each([
  ['v2', [0.3, 0.2, 0.2]],
  ['v1', [0.3, 0.3, 0.3]],
] as const)(
  '%s: a line a minute and one at the end: what it held, or the most so far, and what it used since the line before',
  async (platform, gigabytes) => {
    const clock = createTestClock();
    const held = [
      { cpuSeconds: 4, gigabytes: 0.3 },
      { cpuSeconds: 6.5, gigabytes: 0.2 },
      { cpuSeconds: 7, gigabytes: 0.2 },
    ];
    const measured = platform === 'v2' ? [{ cpuSeconds: 3, gigabytes: 0.3 }, ...held] : held;
    const lines: { readonly message: string }[] = [];
    const { agentCore, change } = listened(clock.now());
    const end = keepUsageLog({ agentCore, platform, clock, write: (line) => lines.push(line), measure: () => measured.shift() });
    change({ state: 'starting' });
    change({ state: 'running', pid: 7 });
    await clock.advance(130_000);
    change({ state: 'stopping', pid: 7 });
    change({ state: 'ended', pid: 7 });
    await clock.advance(600_000);
    expect(lines.map(numbersIn)).toEqual(
      [60, 60, 10].map((seconds, index) => ({
        seconds,
        // On V2 the session begins with the snapshot, for which three seconds went.
        cpuSeconds: [platform === 'v2' ? 1 : 4, 2.5, 0.5][index],
        gigabytes: gigabytes[index],
      })),
    );
    end();
  },
);

it('says nothing of a session whose process nobody can measure, rather than that it cost nothing', async () => {
  const clock = createTestClock();
  const lines: unknown[] = [];
  const { agentCore, change } = listened(clock.now());
  keepUsageLog({ agentCore, platform: 'v2', clock, write: (line) => lines.push(line), measure: () => undefined });
  change({ state: 'starting' });
  await clock.advance(300_000);
  change({ state: 'ended' });
  expect(lines).toEqual([]);
});

it.runIf(process.platform === 'linux')('a process is measured as Linux tells of it, and one that is gone is not', () => {
  const { cpuSeconds, gigabytes } = measureProcess(process.pid) ?? { cpuSeconds: 0, gigabytes: 0 };
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  expect(Math.abs(cpuSeconds - userCPUTime / 1e6 - systemCPUTime / 1e6)).toBeLessThan(1);
  expect(Math.abs(gigabytes - process.memoryUsage.rss() / 1024 ** 3)).toBeLessThan(0.1);
  expect(measureProcess(2 ** 22 + 1)).toBeUndefined();
});

it('a session that never was has the lines AWS would write: a second each, its processor where it worked, on V1 the most so far', () => {
  const life = (platform: 'v1' | 'v2') => ({
    ...{ runtimeArn, sessionId: 's', platform, startedAt: 0, endedAt: 4_500 },
    work: [{ from: 1_000, until: 3_000, cpuSeconds: 1 }],
    gigabytes: { idle: 1, busy: 2 },
  });
  const told = (platform: 'v1' | 'v2') => simulateUsage(life(platform)).map(numbersIn);
  expect(told('v2').map(({ gigabytes }) => gigabytes)).toEqual([1, 2, 2, 1, 1]);
  expect(told('v1').map(({ gigabytes }) => gigabytes)).toEqual([1, 2, 2, 2, 2]);
  expect(told('v1').map(({ cpuSeconds, seconds }) => [cpuSeconds, seconds])).toEqual([
    [0, 1],
    [0.5, 1],
    [0.5, 1],
    [0, 1],
    [0, 0.5],
  ]);
});

/** A runtime with one session, which changes as it is told to. */
function listened(startedAt: number) {
  let listener: (session: SessionView) => void = () => undefined;
  const agentCore = {
    onSession(given: typeof listener) {
      listener = given;
      return () => undefined;
    },
  };
  const session = { id: 's', runtimeArn, startedAt, pid: undefined } as Partial<SessionView>;
  return { agentCore, change: (next: Partial<SessionView>) => listener({ ...session, ...next } as SessionView) };
}
