import * as z from 'zod/mini';
import type { Memento } from '../memory/own-memory.ts';

/** Which part of what is remembered somebody looks at. */
export interface MemoryView {
  /** From 0. */
  readonly page: number;
  /** Words that all have to be in it; empty: all of it. */
  readonly query: string;
}

/** What a button of the list carries: where in the list it stands, and which one it means. */
export type MemoryPlace = MemoryView & { readonly id?: string | undefined };

const schema = z.object({ page: z.number().check(z.minimum(0)), query: z.string(), id: z.optional(z.string()) });
const begin: MemoryPlace = { page: 0, query: '' };

export const longestMemoryQuery = 100;

export function memoryPlaceValue({ page, query, id }: MemoryPlace): string {
  return JSON.stringify({ page, query: query.slice(0, longestMemoryQuery), id });
}

/** The beginning of the list, for what we did not write. */
export function readMemoryPlace(value: string | undefined): MemoryPlace {
  try {
    return schema.safeParse(JSON.parse(value ?? '')).data ?? begin;
  } catch {
    return begin;
  }
}

export interface MemoryPage {
  readonly shown: readonly Memento[];
  /** Where the page that is shown begins, and how many there are. */
  readonly from: number;
  readonly found: number;
  readonly view: MemoryView;
  readonly isLast: boolean;
}

/** Newest first. What was forgotten meanwhile may have made the list shorter: then the last page is shown. */
export function memoryPage(mementos: readonly Memento[], { page, query }: MemoryView, size: number): MemoryPage {
  const words = plain(query).split(/\s+/u).filter(Boolean);
  const found = mementos
    .filter(({ text }) => words.every((word) => plain(text).includes(word)))
    .toSorted((a, b) => Number(b.standing !== undefined) - Number(a.standing !== undefined) || b.since - a.since);
  const last = Math.max(0, Math.ceil(found.length / size) - 1);
  const at = Math.min(Math.trunc(page), last);
  const shown = found.slice(at * size, (at + 1) * size);
  return { shown, from: at * size, found: found.length, view: { page: at, query }, isLast: at === last };
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
