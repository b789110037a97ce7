interface Held<Value> {
  readonly value: Value;
  /** Epoch milliseconds after which another is fetched. */
  readonly until: number;
}

/** What is good for a time only: fetched when it is first needed, once for all that wait for it, and anew when its time is over. */
export function createHeld<Value>(fetch: () => Promise<Held<Value>>, now: () => number) {
  let held: Held<Value> | undefined;
  let fetching: Promise<Held<Value>> | undefined;
  return {
    async get(): Promise<Value> {
      if (held && now() < held.until) return held.value;
      fetching ??= fetch().finally(() => {
        fetching = undefined;
      });
      held = await fetching;
      return held.value;
    },
    forget(): void {
      held = undefined;
    },
  };
}
