/** What `/ping` answers. */
export interface Ping {
  readonly status: 'Healthy' | 'HealthyBusy';
  /** Whole Unix seconds at which the status last changed. */
  readonly time_of_last_update: number;
}

/**
 * Busy while work is under way. The time moves only with the status: AgentCore reads an advancing time as activity, and a
 * session that never looks idle runs, and is billed, to its maximum lifetime.
 */
export interface Health {
  ping(): Ping;
  /** Counts work as under way until it has settled, also when it fails. */
  during<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** `now`: epoch milliseconds. */
export function createHealth(now: () => number): Health {
  let running = 0;
  let changedAt = now();
  const count = (change: number) => {
    const wasBusy = running > 0;
    running += change;
    if (wasBusy !== running > 0) changedAt = now();
  };
  return {
    ping: () => ({ status: running > 0 ? 'HealthyBusy' : 'Healthy', time_of_last_update: Math.floor(changedAt / 1000) }),
    async during(work) {
      count(1);
      try {
        return await work();
      } finally {
        count(-1);
      }
    },
  };
}
