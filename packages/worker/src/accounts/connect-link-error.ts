/**
 * Why nobody was sent a link. `external`: the channel is shared with another company, or the asker is of one. `bot`: there is no person to
 * send it to. `hidden`: Slack cannot show the asker anything there. `unavailable`: Slack did not take it, and may the next time.
 */
export type ConnectLinkReason = 'external' | 'bot' | 'hidden' | 'unavailable';

export class ConnectLinkError extends Error {
  readonly code = 'connect-link';
  readonly reason: ConnectLinkReason;

  constructor(reason: ConnectLinkReason, options?: ErrorOptions) {
    super(`No link to connect accounts: ${reason}`, options);
    this.reason = reason;
  }
}
