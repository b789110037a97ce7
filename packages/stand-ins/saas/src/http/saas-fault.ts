import type { FaultTiming } from '@vera/stand-in-kit/fault-list';

/** What a test makes a SaaS API do wrong. */
export type SaasFault = FaultTiming & {
  /** Only requests whose path contains this, such as `/search/jql`. */
  readonly path?: string;
} & (
    | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds?: number }
    | { readonly kind: 'slow'; readonly milliseconds: number }
    | { readonly kind: 'dead' | 'silent' }
  );
