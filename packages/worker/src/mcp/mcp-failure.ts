/** Why a server's tools, or one of them, could not be used. What people and the model read is made of this in `mcp-failure-words.ts`. */
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
  | 'refused'
  | 'resting'
  | 'cancelled'
  | 'not-installed'
  | 'key-missing';

/** `refused`: the server understood the call and would not carry it out; the others say that it cannot be used. */
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
  return code === 'refused' || code === 'cancelled' || code === 'forbidden';
}
