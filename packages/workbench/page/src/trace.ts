/** A span of a question's trace, as far as the page shows it. Times are epoch milliseconds. */
export interface TraceSpan {
  readonly id: string;
  /** Undefined: the first of its trace. */
  readonly parent: string | undefined;
  readonly name: string;
  readonly at: number;
  readonly until: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Ids of the attempts before it. */
  readonly links: readonly string[];
  readonly isError: boolean;
}

/** What is known of a question's trace so far; empty where nothing is traced. */
export type SpansOf = (question: string) => readonly TraceSpan[];
