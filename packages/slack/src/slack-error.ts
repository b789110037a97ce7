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

/** Slack says no, but does not know itself whether it did something; the next try may well succeed. */
const uncertain = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);
const tooMany = new Set(['ratelimited', 'rate_limited']);
/** Half an answer, or a page of a proxy, may stand where Slack's error would. */
const errorName = /^[a-z0-9_]{1,100}$/;

interface Answered {
  readonly status?: number;
  /** What stands there as Slack's error. */
  readonly error?: unknown;
}

/** What an answer without success comes to: the same, whatever has asked. */
export function slackErrorOf(method: string, { status, error }: Answered, cause?: unknown): SlackError {
  if (status === 429) return new SlackError('ratelimited', method, 'ratelimited', { cause });
  if (typeof error === 'string' && errorName.test(error)) return new SlackError(kindOf(error), method, error, { cause });
  // Slack's host looked at it and turned it away: nothing was done.
  if (status !== undefined && isRefusal(status)) return new SlackError('refused', method, `http_${status}`);
  // Without its cause, which would carry that text into the log.
  return new SlackError('lost', method, 'no answer');
}

function kindOf(error: string): SlackError['kind'] {
  if (uncertain.has(error)) return 'lost';
  return tooMany.has(error) ? 'ratelimited' : 'refused';
}

/** Of the 4xx, 408 says that it may well be taken another time. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408;
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
