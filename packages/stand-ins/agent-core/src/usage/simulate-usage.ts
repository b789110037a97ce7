import { type Used, usageLine } from './usage-line.ts';

/** The life of a session, as far as it is billed. Times are epoch milliseconds. */
export interface SessionLife extends Pick<Used, 'runtimeArn' | 'sessionId'> {
  readonly platform: 'v1' | 'v2';
  readonly startedAt: number;
  readonly endedAt: number;
  /** When it was at work (its start on V1 among it), and what of the processor that took. */
  readonly work: readonly { readonly from: number; readonly until: number; readonly cpuSeconds: number }[];
  /** What it holds once it is there, and at most while it works. */
  readonly gigabytes: { readonly idle: number; readonly busy: number };
}

/** All that AWS would write of it, a line each `everySeconds`, which are one at AWS. */
export function simulateUsage(life: SessionLife, everySeconds = 1): { readonly at: number; readonly message: string }[] {
  const { runtimeArn, sessionId, platform, startedAt, endedAt, work, gigabytes } = life;
  const lines: { readonly at: number; readonly message: string }[] = [];
  let most = 0;
  for (let from = startedAt; from < endedAt; from += everySeconds * 1000) {
    const until = Math.min(endedAt, from + everySeconds * 1000);
    const shares = work.map((each) => ({ ...each, share: Math.max(0, Math.min(until, each.until) - Math.max(from, each.from)) }));
    const cpuSeconds = shares.reduce((sum, each) => sum + (each.cpuSeconds * each.share) / (each.until - each.from), 0);
    const held = shares.some(({ share }) => share > 0) ? gigabytes.busy : gigabytes.idle;
    most = Math.max(most, held);
    const used = { runtimeArn, sessionId, at: until, seconds: (until - from) / 1000, cpuSeconds };
    lines.push({ at: until, message: usageLine({ ...used, gigabytes: platform === 'v1' ? most : held }) });
  }
  return lines;
}
