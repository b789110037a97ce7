import { randomUUID } from 'node:crypto';
import type { Clock } from '@vera/stand-in-kit/clock';
import { meaningsOf as meaningsOfWords } from '@vera/stand-in-kit/language/words-of';
import { notFound } from './memory-fault.ts';
import { type Paging, pageOf } from './page-of.ts';

export interface MemoryRecord {
  readonly id: string;
  readonly text: string;
  readonly namespace: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly strategyId: string;
}

/** Where is looked: `namespace` is the beginning of a name, `namespacePath` a name and what lies under it. */
export interface Where {
  readonly namespace?: string | undefined;
  readonly namespacePath?: string | undefined;
  readonly memoryStrategyId?: string | undefined;
}

/** The long-term memory: records by namespace. */
export class RecordShelf {
  private records: (MemoryRecord & { readonly order: number })[] = [];
  readonly queries: string[] = [];
  private made = 0;
  private readonly answers = new Map<string, object>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  get all(): readonly MemoryRecord[] {
    return this.records.map(({ order: _, ...record }) => record);
  }

  clear(): void {
    this.records = [];
    this.answers.clear();
  }

  restore(record: MemoryRecord): void {
    this.made += 1;
    this.records.push({ ...record, order: this.made });
  }

  /** With a token that was seen, the answer of then (model, `BatchCreateMemoryRecordsInput$clientToken`). */
  once(token: string | undefined, create: () => object): object {
    const answer = this.answers.get(token ?? '') ?? create();
    if (token !== undefined) this.answers.set(token, answer);
    return answer;
  }

  /** Kept with a slash before and behind (developer guide, "Specify long-term memory organization", August 2026). */
  add({ namespace, createdAt = this.clock.now(), ...record }: Omit<MemoryRecord, 'id' | 'createdAt'> & { readonly createdAt?: number }) {
    this.made += 1;
    const normal = `/${namespace.replace(/^\/|\/$/g, '')}/`;
    const added = { id: `mem-${randomUUID()}`, namespace: normal, createdAt, ...record, order: this.made };
    this.records.push(added);
    return added;
  }

  /** What says the same already is brought up to date instead of doubled, as consolidation does. */
  merge(record: Omit<MemoryRecord, 'id' | 'createdAt'>): void {
    const same = this.records.find(({ namespace, text }) => namespace === record.namespace && saysTheSame(text, record.text));
    if (!same) return void this.add(record);
    this.records = this.records.map((one) => (one === same ? { ...one, text: record.text, createdAt: this.clock.now() } : one));
  }

  list({ maxResults, nextToken, ...where }: Where & Paging) {
    const { page, ...next } = pageOf(this.within(where), ({ order }) => order, { maxResults, nextToken });
    return { memoryRecordSummaries: page.map(viewOf), ...next };
  }

  /** As a vector index does: the nearest, however far they are. */
  search(query: string, topK: number, { maxResults, nextToken, ...where }: Where & Paging) {
    this.queries.push(query);
    const ranked = this.within(where)
      .map((record) => ({ record, score: nearness(query, record.text) }))
      .sort((a, b) => b.score - a.score || b.record.createdAt - a.record.createdAt)
      .slice(0, topK);
    const { page, ...next } = pageOf(ranked, (_, index) => index, { maxResults, nextToken });
    return { memoryRecordSummaries: page.map(({ record, score }) => ({ ...viewOf(record), score })), ...next };
  }

  /** Nobody asks whose it is: the `namespace` beside an id is for conditions of IAM (model, `GetMemoryRecordInput$namespace`). */
  get(id: string): object {
    const found = this.records.find((record) => record.id === id);
    if (!found) throw notFound(`The memory record ${id}`);
    return viewOf(found);
  }

  /** False when there is none. */
  remove(id: string): boolean {
    const before = this.records.length;
    this.records = this.records.filter((record) => record.id !== id);
    return this.records.length < before;
  }

  /**
   * "Searches for memory records in namespaces that start with the provided prefix" (model): without a slash at its end a name means everybody
   * whose name begins so. The Python SDK calls it an exact match; this is the unsafe reading.
   */
  private within({ namespace, namespacePath, memoryStrategyId }: Where) {
    const under = namespacePath === undefined ? undefined : `/${namespacePath.replace(/^\/|\/$/g, '')}/`.replace('//', '/');
    const isThere = (record: MemoryRecord) => record.namespace.startsWith(namespace ?? under ?? '');
    return this.records.filter((record) => isThere(record) && (memoryStrategyId === undefined || record.strategyId === memoryStrategyId));
  }
}

function viewOf({ id, text, namespace, createdAt, strategyId }: MemoryRecord): object {
  const [memoryRecordId, memoryStrategyId] = [id, strategyId];
  return { memoryRecordId, content: { text }, memoryStrategyId, namespaces: [namespace], createdAt: createdAt / 1000 };
}

/** Between 0 and 1: the cosine of what the two mean. */
function nearness(one: string, other: string): number {
  const [mine, theirs] = [meaningsOf(one), meaningsOf(other)];
  return [...mine].filter((meaning) => theirs.has(meaning)).length / Math.sqrt(mine.size * theirs.size || 1);
}

/** Scripts that put no blank between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+/gu;

/** What a text means, as far as a small stand-in for a vector index can tell; where words are not parted, two characters count as one. */
function meaningsOf(text: string): Set<string> {
  const pairs = (text.match(unspaced) ?? []).flatMap((run) => {
    const characters = [...run];
    return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
  });
  return new Set([...meaningsOfWords(text.replace(unspaced, ' ')), ...pairs]);
}

function saysTheSame(one: string, other: string): boolean {
  return nearness(one, other) > 0.99;
}
