import { isOfTheCall, McpFailure, toMcpFailure } from './mcp-failure.ts';

export interface CircuitBreakerParams {
  /** Failures in a row after which it opens. */
  readonly failures: number;
  /** How long it stays open before one call may try again, in milliseconds. */
  readonly rest: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Spares a server that keeps failing, and the people who would wait for it. */
export class CircuitBreaker {
  private inARow = 0;
  private restsUntil = 0;
  private readonly params: CircuitBreakerParams;

  constructor(params: CircuitBreakerParams) {
    this.params = params;
  }

  /** Rejects with `resting` without doing the work while open. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    const { failures, rest, now } = this.params;
    if (this.inARow >= failures) {
      if (now() < this.restsUntil) throw new McpFailure('resting', 'it failed several times in a row');
      // Half open: this call tries, the others still wait.
      this.restsUntil = now() + rest;
    }
    try {
      const result = await work();
      this.inARow = 0;
      return result;
    } catch (error) {
      const failure = toMcpFailure(error);
      this.count(failure);
      throw failure;
    }
  }

  private count(failure: McpFailure): void {
    // A refusal is an answer; a call that was stopped says nothing either way.
    if (failure.code !== 'cancelled' && isOfTheCall(failure)) this.inARow = 0;
    if (isOfTheCall(failure)) return;
    this.inARow += 1;
    if (this.inARow >= this.params.failures) this.restsUntil = this.params.now() + this.params.rest;
  }
}
