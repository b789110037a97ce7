import type { FaultList, FaultTiming } from '@vera/stand-in-kit/fault-list';

/** What a test makes the gateway do wrong. A changed tool list is no fault: `useTargets`. */
export type GatewayFault = FaultTiming & {
  /** Only requests of this method, such as `tools/call`. */
  readonly method?: string;
} & (
    | { readonly kind: 'dead' | 'silent' | 'invalid-json' | 'endless' | 'session-lost' | 'token-expired' }
    /** Answers properly, later. */
    | { readonly kind: 'slow'; readonly milliseconds: number }
    /** A well-formed answer of at least so many bytes; 32 MiB unless told. */
    | { readonly kind: 'oversized'; readonly bytes?: number }
    | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds?: number }
  );

export type GatewayFaults = FaultList<GatewayFault, string>;
