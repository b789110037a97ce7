/** Makes `ts` values: seconds and six digits, each greater than the one before. */
export interface Timestamps {
  next(): string;
  /** Makes later values greater than this one. */
  pass(ts: string): void;
}

export function createTimestamps(now: () => number): Timestamps {
  let last = 0;
  return {
    next() {
      last = Math.max(last + 1, Math.floor(now() * 1000));
      return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
    },
    pass(ts) {
      last = Math.max(last, microsecondsOf(ts) ?? 0);
    },
  };
}

/** Undefined unless it has the form of a `ts`; a bare count of seconds counts. */
export function microsecondsOf(ts: string): number | undefined {
  const [, seconds, fraction = ''] = /^(\d{1,10})(?:\.(\d{1,6}))?$/.exec(ts) ?? [];
  return seconds === undefined ? undefined : Number(seconds) * 1e6 + Number(fraction.padEnd(6, '0'));
}

export function millisecondsOf(ts: string): number {
  return Math.floor((microsecondsOf(ts) ?? 0) / 1000);
}
