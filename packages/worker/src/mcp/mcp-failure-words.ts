import type { McpFailureCode } from './mcp-failure.ts';

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
      return `${title} does not accept my key`;
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
    case 'refused':
      return `${title} refused this call`;
    case 'resting':
      return `${title} failed several times and is left alone for a moment`;
    case 'cancelled':
      return `The call to ${title} was stopped`;
    case 'not-installed':
      return `${title} is switched on, but its program is not in my image`;
    case 'key-missing':
      return `${title} is switched on, but its key is not set up`;
  }
}
