import type { Spent } from '@vera/ledger/purse';
import { canonicalJson } from '@vera/service-kit/canonical-json';
import { AnswerFailure } from '../failure.ts';

export interface Limits {
  /** Model calls. */
  readonly calls: number;
  /** Input and output together, cached input included. */
  readonly tokens: number;
  readonly toolCalls: number;
  /** Calls of one tool with the very same input, in one run. */
  readonly sameCalls: number;
}

/** Of one model call. */
export type Cost = Pick<Spent, 'tokens' | 'microDollars'>;

/** A model call that was allowed and is under way. */
export interface Charge {
  /** It came to so much. Never called: it stays at what was reserved, for nobody knows what a call that broke off cost. */
  settle(cost: Cost): Promise<void>;
  /** It never began: it cost nothing. */
  drop(): Promise<void>;
}

/** Takes the most that a call may cost out of what it is paid of. Rejects where nothing is left, or where nobody can tell. */
export type Reserve = (most: Cost) => Promise<Charge>;

interface Parts {
  /** That of which it is a part. */
  readonly whole?: Budget;
  readonly spared?: () => Pick<Limits, 'calls' | 'tokens'>;
  /** Of the whole; left out: what is counted is counted here alone. */
  readonly reserve?: Reserve;
}

const endless: Limits = {
  calls: Number.POSITIVE_INFINITY,
  tokens: Number.POSITIVE_INFINITY,
  toolCalls: Number.POSITIVE_INFINITY,
  sameCalls: Number.POSITIVE_INFINITY,
};
const nothing = { calls: 0, tokens: 0 };

/**
 * What a question may use, in one count for its own run and for all its helpers, looked at before each call of a model or a tool. The
 * library's own limits count one run only, and after the fact.
 */
export class Budget {
  private used = { calls: 0, tokens: 0, toolCalls: 0 };
  private readonly sameCalls = new Map<string, number>();
  private latest = 0;
  private readonly limits: Limits;
  private readonly parts: Parts;

  constructor(limits: Partial<Limits>, parts: Parts = {}) {
    this.limits = { ...endless, ...limits };
    this.parts = parts;
  }

  /**
   * A part of it for one run, with limits of its own beside the common ones. With `spared`, so much of the whole is left for others, and each
   * call has to fit with all that it may cost at most; without, the last call may go beyond what is left.
   */
  share(limits: Partial<Limits>, spared?: Parts['spared']): Budget {
    return new Budget({ sameCalls: this.limits.sameCalls, ...limits }, { whole: this, ...(spared ? { spared } : {}) });
  }

  /** Tokens of the last call that ended. */
  get latestCall(): number {
    return this.latest;
  }

  /** `most`: what the call may come to. Rejects where there is no room for it. */
  async begin(most: Cost): Promise<Charge> {
    const { spared } = this.parts;
    if (!this.hasRoom(spared ? most.tokens : 1, nothing, spared?.())) {
      throw new AnswerFailure('too-many-steps', 'the model calls or tokens of the question are used up');
    }
    this.add(1, most.tokens);
    let isOpen = true;
    const close = (calls: number, tokens: number) => {
      if (isOpen) this.add(calls, tokens - most.tokens);
      isOpen = false;
    };
    const reserved = await this.reserve(most).catch((error: unknown) => {
      close(-1, 0);
      throw error;
    });
    return {
      settle: async (cost) => {
        this.latest = cost.tokens;
        close(0, cost.tokens);
        await reserved?.settle(cost);
      },
      drop: async () => {
        close(-1, 0);
        await reserved?.drop();
      },
    };
  }

  /** Counts the call of a tool, where it may be made; else what the model is told in place of a result. */
  beginTool(name: string, input: unknown): string | undefined {
    const key = `${name} ${canonicalJson(input)}`;
    const same = this.sameCalls.get(key) ?? 0;
    if (same >= this.limits.sameCalls) {
      return `You called ${name} with this very input ${same} times already, and nothing more will come of it. Go on with what is known, or call it with another input.`;
    }
    if (!this.mayCallTool()) return 'No further tool calls are possible for this question. Answer with what is known.';
    this.sameCalls.set(key, same + 1);
    this.addTool();
    return undefined;
  }

  private async reserve(most: Cost): Promise<Charge | undefined> {
    const { whole, reserve } = this.parts;
    return whole ? whole.reserve(most) : reserve?.(most);
  }

  /** `spared`: of this one; `sparedOfWhole`: of what is common to all. */
  private hasRoom(tokens: number, spared: Pick<Limits, 'calls' | 'tokens'>, sparedOfWhole = spared): boolean {
    const { calls, tokens: most } = this.limits;
    if (this.used.calls + spared.calls + 1 > calls || this.used.tokens + spared.tokens + tokens > most) return false;
    return this.parts.whole?.hasRoom(tokens, sparedOfWhole) ?? true;
  }

  private add(calls: number, tokens: number): void {
    this.used = { ...this.used, calls: this.used.calls + calls, tokens: this.used.tokens + tokens };
    this.parts.whole?.add(calls, tokens);
  }

  private mayCallTool(): boolean {
    return this.used.toolCalls < this.limits.toolCalls && (this.parts.whole?.mayCallTool() ?? true);
  }

  private addTool(): void {
    this.used = { ...this.used, toolCalls: this.used.toolCalls + 1 };
    this.parts.whole?.addTool();
  }
}
