import type { Clock } from '@vera/service-kit/clock';
import table from './prices.json' with { type: 'json' };

/** What a turn took of the process it ran in. Of several at once each has all of it: together they are told too dear, never too cheap. */
export interface RuntimeUse {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The most that the process has held so far, which is what AgentCore bills. */
  readonly gigabytes: number;
}

export function measureRuntime({ monotonic }: Pick<Clock, 'monotonic'>): () => RuntimeUse {
  const [began, before] = [monotonic(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    const { maxRSS: kibibytes } = process.resourceUsage();
    return { seconds: (monotonic() - began) / 1_000, cpuSeconds: (user + system) / 1_000_000, gigabytes: kibibytes / 1024 ** 2 };
  };
}

/** At AgentCore's price of its platform; the idle time after an answer, which is most of the bill, only where it is among the seconds. */
export function runtimeDollars({ seconds, cpuSeconds, gigabytes }: RuntimeUse, platform: 'v1' | 'v2'): number {
  const { cpuHour, gigabyteHour } = table.runtime[platform];
  return (cpuSeconds * cpuHour + gigabytes * seconds * gigabyteHour) / 3_600;
}
