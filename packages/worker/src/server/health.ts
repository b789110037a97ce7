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
  /** This process is in use: from now on only its work moves the time. */
  invoked(): void;
  /** Counts work as under way until it has settled, also when it fails. */
  during<Result>(work: () => Promise<Result>): Promise<Result>;
}

/**
 * In milliseconds. Pings come every two seconds, so that a longer silence before the first work is that of a snapshot. A time from before it
 * would be days old, and the session would end as idle (https://github.com/aws/bedrock-agentcore-sdk-typescript/issues/203).
 */
const silence = 10_000;

/** `now`: epoch milliseconds; asked with the first ping. */
export function createHealth(now: () => number): Health {
  let running = 0;
  let isInUse = false;
  let changedAt = 0;
  let pingedAt = Number.NEGATIVE_INFINITY;
  const count = (change: number) => {
    const wasBusy = running > 0;
    running += change;
    isInUse = true;
    if (wasBusy !== running > 0) changedAt = now();
  };
  return {
    ping() {
      const at = now();
      if (!isInUse && at - pingedAt > silence) changedAt = at;
      pingedAt = at;
      return { status: running > 0 ? 'HealthyBusy' : 'Healthy', time_of_last_update: Math.floor(changedAt / 1000) };
    },
    invoked() {
      if (!isInUse) changedAt = now();
      isInUse = true;
    },
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
