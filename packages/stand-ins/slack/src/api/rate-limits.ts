const minute = 60_000;
const perMinute: Readonly<Record<string, number>> = { t1: 1, t2: 20, t3: 50, t4: 100, t5: 300, search: 10 };
/** One message a second and channel, "short bursts" allowed; Slack does not say how short. */
const postsAtOnce = 5;
const postsApart = 1_000;

/** Slack's limits, per method and minute; posting counts per channel instead. */
export class RateLimits {
  private readonly calls = new Map<string, number[]>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** Counts the call; returns the seconds to wait when it is one too many. */
  take(method: string, tier: string, channel: string): number | undefined {
    if (method === 'chat.postMessage') return this.count(`${method}:${channel}`, postsAtOnce, postsAtOnce * postsApart);
    return this.count(method, perMinute[tier] ?? 300, minute);
  }

  clear(): void {
    this.calls.clear();
  }

  private count(key: string, most: number, span: number): number | undefined {
    const now = this.now();
    const recent = (this.calls.get(key) ?? []).filter((at) => now - at < span);
    this.calls.set(key, recent);
    const [first] = recent;
    if (first !== undefined && recent.length >= most) return Math.max(1, Math.ceil((first + span - now) / 1000));
    recent.push(now);
    return undefined;
  }
}
