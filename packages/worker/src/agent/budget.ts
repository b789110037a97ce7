import { AnswerFailure } from '../failure.ts';

export interface Limits {
  /** Model calls. */
  readonly calls: number;
  /** Input and output together, cached input included. */
  readonly tokens: number;
}

/** A model call that was allowed and is under way. */
export interface Charge {
  /** It came to so many tokens. Never called: it stays at what was promised, for nobody knows what a call that broke off cost. */
  settle(tokens: number): void;
  /** It was refused before it began: it cost nothing. */
  drop(): void;
}

/**
 * What a question may use, in one count for its own run and for all its helpers, looked at before each model call. The library's own limits
 * count one run only, and after the fact.
 */
export class Budget {
  private used: Limits = { calls: 0, tokens: 0 };
  private latest = 0;
  private readonly limits: Limits;
  private readonly whole: Budget | undefined;
  private readonly spared: (() => Limits) | undefined;

  constructor(limits: Limits, whole?: Budget, spared?: () => Limits) {
    this.limits = limits;
    this.whole = whole;
    this.spared = spared;
  }

  /**
   * A part of it for one run, with limits of its own beside the common ones. With `spared`, so much of the whole is left for others, and each
   * call has to fit with all that it may cost at most; without, the last call may go beyond what is left.
   */
  share(limits: Partial<Limits>, spared?: () => Limits): Budget {
    return new Budget({ calls: Number.POSITIVE_INFINITY, tokens: Number.POSITIVE_INFINITY, ...limits }, this, spared);
  }

  /** Tokens of the last call that ended. */
  get latestCall(): number {
    return this.latest;
  }

  /** `most`: the tokens that the call may come to. Throws where there is no room for it. */
  begin(most: () => number): Charge {
    const promised = this.spared ? most() : 1;
    if (!this.hasRoom(promised, this.spared?.() ?? nothing)) {
      throw new AnswerFailure('too-many-steps', 'the model calls or tokens of the question are used up');
    }
    this.add(1, promised);
    let isOpen = true;
    const close = (calls: number, tokens: number) => {
      if (isOpen) this.add(calls, tokens - promised);
      isOpen = false;
    };
    return {
      settle: (tokens) => {
        this.latest = tokens;
        close(0, tokens);
      },
      drop: () => close(-1, 0),
    };
  }

  private hasRoom(tokens: number, spared: Limits): boolean {
    const { calls: mostCalls, tokens: mostTokens } = this.limits;
    if (this.used.calls + 1 > mostCalls || this.used.tokens + tokens > mostTokens) return false;
    // What is spared is spared of what is common to all.
    return this.whole?.hasRoomBeside(tokens, spared) ?? true;
  }

  private hasRoomBeside(tokens: number, spared: Limits): boolean {
    const { calls, tokens: most } = this.limits;
    if (this.used.calls + spared.calls + 1 > calls || this.used.tokens + spared.tokens + tokens > most) return false;
    return this.whole?.hasRoomBeside(tokens, spared) ?? true;
  }

  private add(calls: number, tokens: number): void {
    this.used = { calls: this.used.calls + calls, tokens: this.used.tokens + tokens };
    this.whole?.add(calls, tokens);
  }
}

const nothing: Limits = { calls: 0, tokens: 0 };
