/** What is kept of somebody for long, in a namespace of `memory-owner.ts`. */
export interface MemoryRecord {
  readonly id: string;
  readonly text: string;
  readonly namespace: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** Records of memory. Each rejects with `MemoryError`, or when `signal` aborts; a record that is not where it was looked for is never given. */
export interface MemoryRecords {
  /** The nearest to `query`, which is not blank, best first. */
  search(namespace: string, query: string, signal: AbortSignal): Promise<readonly MemoryRecord[]>;
  /** All that are in a namespace or under it, page by page. */
  list(namespace: string, signal?: AbortSignal): AsyncGenerator<MemoryRecord>;
  /** `token`: the same one twice creates it once. Gives its id. */
  create(namespace: string, text: string, token: string): Promise<string>;
  /** Gives the ids of those that are gone. */
  remove(records: readonly MemoryRecord[]): Promise<ReadonlySet<string>>;
}
