/**
 * A Web API call that did not succeed. `refused`: Slack said no, with `reason` as its error name, and did nothing.
 * `ratelimited`: nothing was done and waiting would take longer than the caller can. `lost`: no usable answer came, so that
 * the call may or may not have been carried out.
 */
export class SlackError extends Error {
  readonly code = 'slack';
  readonly kind: 'refused' | 'ratelimited' | 'lost';
  readonly method: string;
  /** Slack's error name, if it gave one. */
  readonly reason: string;

  constructor(kind: SlackError['kind'], method: string, reason: string, options?: ErrorOptions) {
    super(`${method}: ${reason}`, options);
    this.kind = kind;
    this.method = method;
    this.reason = reason;
  }
}

/** Somebody deleted the message, or it cannot be changed any more. */
export const beyondChange: ReadonlySet<string> = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'is_inactive',
  'channel_not_found',
  'is_archived',
]);

export function isRefusedWith(error: unknown, reasons: ReadonlySet<string>): boolean {
  return error instanceof SlackError && error.kind === 'refused' && reasons.has(error.reason);
}
