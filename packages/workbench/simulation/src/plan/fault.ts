/** What befalls one call of somebody over the network. */
export type Fault =
  /** The process dies: the call never left, or left and its answer meets nobody. */
  | { readonly kind: 'crash-before' | 'crash-after' }
  /** Nothing was done; or it was done, and no answer came. */
  | { readonly kind: 'lost-request' | 'lost-answer' | 'throttled' }
  /** The whole machine stands still. */
  | { readonly kind: 'freeze'; readonly milliseconds: number }
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** SIGTERM: it has ten seconds. */
  | { readonly kind: 'terminate' };
