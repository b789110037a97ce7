import type { Log } from '@vera/service-kit/log';
import type { FoundDocument } from '../tools/tool.ts';
import type { Age } from './age-of.ts';

/** A passage of a document that fits a query. */
export interface Passage extends FoundDocument {
  /** Of the part it stands in. */
  readonly heading?: string;
  readonly text: string;
  /** Undefined for what is asked of a database: that is of now. */
  readonly age?: Age;
}

export interface Found {
  /** Best first. */
  readonly passages: readonly Passage[];
  /** Results without anything that can be read as text. */
  readonly unreadable: number;
}

export class KnowledgeBaseError extends Error {
  readonly code = 'knowledge-base';
}

export interface KnowledgeBase {
  /** What people call it. */
  readonly name: string;
  /** What it holds, for the model. */
  readonly about?: string | undefined;
  /** Rejects with `KnowledgeBaseError`. */
  search(query: string, signal: AbortSignal): Promise<Found>;
}

interface AskParams {
  readonly signal: AbortSignal;
  readonly log: Log | undefined;
  /** How long one base may take, in milliseconds. */
  readonly patience: number;
}

/** A passage with the name of its base. */
export type PlacedPassage = Passage & { readonly origin: string };

/** What several bases say together. What one cannot say is never taken for what it does not hold: each list names bases. */
export interface Asked {
  readonly passages: readonly PlacedPassage[];
  readonly failed: readonly string[];
  readonly empty: readonly string[];
  /** With how many results. */
  readonly unreadable: readonly string[];
}

/** All at once; never rejects. */
export async function askBases(bases: readonly KnowledgeBase[], query: string, params: AskParams): Promise<Asked> {
  const asked = await Promise.all(bases.map(async ({ name, search }) => ({ name, found: await askOne({ name, search }, query, params) })));
  const namesOf = (fits: (found: Found | undefined) => boolean) => asked.filter(({ found }) => fits(found)).map(({ name }) => name);
  return {
    passages: merged(asked.map(({ name, found }) => (found?.passages ?? []).map((passage) => ({ ...passage, origin: name })))),
    failed: namesOf((found) => found === undefined),
    empty: namesOf((found) => found !== undefined && found.passages.length + found.unreadable === 0),
    unreadable: asked.flatMap(({ name, found }) => (found && found.unreadable > 0 ? [`${name} (${found.unreadable})`] : [])),
  };
}

/** Undefined: it could not be searched. */
async function askOne({ name, search }: KnowledgeBase, query: string, { signal, log, patience }: AskParams): Promise<Found | undefined> {
  try {
    return await search(query, AbortSignal.any([signal, AbortSignal.timeout(patience)]));
  } catch (error) {
    if (!signal.aborted) log?.warn('knowledge.failed', { base: name, error });
    return undefined;
  }
}

/** The best of each first, then the second of each: scores of two bases say nothing about each other. */
function merged<Item>(lists: readonly (readonly Item[])[]): Item[] {
  const most = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: most }, (_, rank) => lists.flatMap((list) => list.slice(rank, rank + 1))).flat();
}
