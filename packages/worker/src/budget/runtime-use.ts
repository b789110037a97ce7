import type { Clock } from '@vera/service-kit/clock';
import table from './prices.json' with { type: 'json' };

/** What a turn took of the process it ran in. Of several at once each has all of it: together they are told too dear, never too cheap. */
export interface RuntimeUse {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** What is billed: on AgentCore the most that the process has held so far, on Lambda what the function has. */
  readonly gigabytes: number;
}

/** `gigabytes`: of a Lambda. */
export function measureRuntime({ monotonic }: Pick<Clock, 'monotonic'>, gigabytes?: number): () => RuntimeUse {
  const [began, before] = [monotonic(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    const held = process.resourceUsage().maxRSS / 1024 ** 2;
    return { seconds: (monotonic() - began) / 1_000, cpuSeconds: (user + system) / 1_000_000, gigabytes: gigabytes ?? held };
  };
}

export type Platform = keyof typeof table.runtime;

/** At the price of its platform; AgentCore's idle time after an answer, which is most of its bill, only where it is among the seconds. */
export function runtimeDollars({ seconds, cpuSeconds, gigabytes }: RuntimeUse, platform: Platform): number {
  if (platform === 'lambda') return gigabytes * seconds * table.runtime.lambda.gigabyteSecond + table.runtime.lambda.request;
  const { cpuHour, gigabyteHour } = table.runtime[platform];
  return (cpuSeconds * cpuHour + gigabytes * seconds * gigabyteHour) / 3_600;
}
