/** Why a server's tools, or one of them, could not be used. What people and the model read is made of this by `mcpFailureWords`. */
export type McpFailureCode =
  | 'unreachable'
  | 'timed-out'
  | 'closed'
  | 'session-lost'
  | 'unauthorized'
  | 'forbidden'
  | 'rate-limited'
  | 'server-error'
  | 'too-large'
  | 'malformed'
  | 'unreadable'
  | 'refused'
  | 'resting'
  | 'cancelled'
  | 'not-installed'
  | 'key-missing'
  | 'not-public'
  | 'misconfigured'
  | 'account-refused'
  | 'account-unavailable'
  | 'no-account';

/** `refused`: the server would not carry the call out, and says why. `unreadable`: its answer to this one call is no result. */
export class McpFailure extends Error {
  readonly code: McpFailureCode;

  constructor(code: McpFailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export function toMcpFailure(error: unknown): McpFailure {
  return error instanceof McpFailure ? error : new McpFailure('unreachable', 'the connection failed', { cause: error });
}

/** Failures that say something about the call and nothing about the server. */
export function isOfTheCall({ code }: McpFailure): boolean {
  return code === 'refused' || code === 'unreadable' || code === 'cancelled' || code === 'forbidden';
}

/** What became of a server, for the person and the model: `PagerDuty could not be reached`. */
export function mcpFailureWords(title: string, code: McpFailureCode): string {
  switch (code) {
    case 'unreachable':
    case 'closed':
    case 'session-lost':
      return `${title} could not be reached`;
    case 'timed-out':
      return `${title} did not answer in time`;
    case 'unauthorized':
      return `${title} does not accept my key: an admin has to look at it`;
    case 'forbidden':
      return `${title} does not permit this`;
    case 'rate-limited':
      return `${title} has more requests than it takes at the moment`;
    case 'server-error':
      return `${title} has a problem of its own`;
    case 'too-large':
      return `${title} sent more than I can take in`;
    case 'malformed':
      return `${title} sent something I cannot read`;
    case 'unreadable':
      return `${title} sent something I cannot read in answer to this call`;
    case 'refused':
      return `${title} refused this call`;
    case 'resting':
      return `${title} failed several times and is left alone for a moment`;
    case 'cancelled':
      return `The call to ${title} was stopped`;
    case 'not-installed':
      return `${title} is switched on, but its program is not installed where I run`;
    case 'key-missing':
      return `${title} is switched on, but its key is not set up`;
    case 'not-public':
      return `${title} leads into a private network, which its settings do not allow`;
    case 'misconfigured':
      return `I cannot sign in to ${title}: an admin has to look at its settings`;
    case 'account-refused':
      return `${title} does not accept your account any more: connect it again`;
    case 'account-unavailable':
      return `${title} is used with your own account, which cannot be opened just now`;
    case 'no-account':
      return `${title} is used with people’s own accounts, and there are none to use here`;
  }
}
