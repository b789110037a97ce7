interface Timing {
  /** Only requests of this method, such as `tools/call`. */
  readonly method?: string;
  /** How often it strikes; once unless told. */
  readonly times?: number;
  /** How many such requests pass first. */
  readonly after?: number;
}

/** What a test makes the gateway do wrong. A changed tool list is no fault: `useTargets`. */
export type GatewayFault = Timing &
  (
    | { readonly kind: 'dead' | 'silent' | 'invalid-json' | 'endless' | 'session-lost' | 'token-expired' }
    /** Answers properly, later. */
    | { readonly kind: 'slow'; readonly milliseconds: number }
    /** A well-formed answer of at least so many bytes; 32 MiB unless told. */
    | { readonly kind: 'oversized'; readonly bytes?: number }
    | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds?: number }
  );

export interface GatewayFaults {
  inject(fault: GatewayFault): void;
  take(method: string): GatewayFault | undefined;
  reset(): void;
}

/** The first injected is used up first. */
export function createGatewayFaults(): GatewayFaults {
  let waiting: { readonly fault: GatewayFault; after: number; times: number }[] = [];
  return {
    inject: (fault) => void waiting.push({ fault, after: fault.after ?? 0, times: fault.times ?? 1 }),
    take(method) {
      const entry = waiting.find(({ fault }) => fault.method === undefined || fault.method === method);
      if (!entry) return undefined;
      if (entry.after > 0) {
        entry.after -= 1;
        return undefined;
      }
      entry.times -= 1;
      if (entry.times <= 0) waiting = waiting.filter((other) => other !== entry);
      return entry.fault;
    },
    reset: () => {
      waiting = [];
    },
  };
}
