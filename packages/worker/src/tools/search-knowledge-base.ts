import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import { markAsData } from '../mark-as-data.ts';
import { plainName } from '../plain-name.ts';
import { counted, mainArgument } from './told-text.ts';
import { type FoundDocument, ToolFailure, tool } from './tool.ts';

/** A passage of a document that fits a query. */
export interface Passage {
  readonly title: string;
  /** Of the part it stands in. */
  readonly heading?: string;
  readonly url?: string;
  readonly text: string;
}

/** Searches the knowledge base; best first. Rejects with `KnowledgeBaseError`. */
export type SearchKnowledge = (query: string, signal: AbortSignal) => Promise<readonly Passage[]>;

export class KnowledgeBaseError extends Error {
  readonly code = 'knowledge-base';
}

const origin = 'the knowledge base';

export const searchKnowledgeBase = (search: SearchKnowledge, sources: Sources) =>
  tool({
    name: 'search_knowledge_base',
    title: 'Searching the knowledge base',
    description:
      "Searches the company's own documents: runbooks, policies, architecture, on-call, onboarding. Call it for every question about the company " +
      'before answering. Results are numbered; cite them in the answer as [1], [2].',
    inputSchema: z.object({ query: z.string().min(1).max(1_000).describe('What to look for, in the words a document would use') }),
    details: mainArgument,
    callback: async ({ query }, signal) => {
      const passages = await search(query, signal).catch((cause: unknown) => {
        throw new ToolFailure('The knowledge base cannot be searched at the moment. Say so in the answer.', { cause });
      });
      if (passages.length === 0) return { text: 'No document fits this query.', told: 'no document' };
      const documents = new Set(passages.map(({ title, url }) => url ?? title)).size;
      return { text: shown(passages, sources), told: counted(documents, 'document', 'documents'), found: passages };
    },
  });

const between = '\n\n';

/** All of them, cut where together they would be too long. */
function shown(passages: readonly Passage[], sources: Sources): string {
  const numbers = passages.map(({ heading, text, ...document }) => `[${sources.add(document, `${heading}\n${text}`)}] `);
  const titles = passages.map(({ title, heading = '' }) => `${placeOf(title, heading)}\n\n`);
  const around = passages.length * (markAsData('', origin).length + between.length) + [...numbers, ...titles].join('').length;
  const longest = longestOf(
    passages.map(({ text }) => text.length),
    textLimits.toolResult - around,
  );
  return passages.map(({ text }, index) => numbers[index] + markAsData(titles[index] + shorten(text, longest), origin)).join(between);
}

/** `On-call handbook › Escalation › At night`: each of its names is somebody else's, and what stands between them is ours. */
function placeOf(title: string, heading: string): string {
  const names = [title, ...heading.split(' › ')].map((name) => plainName(name));
  return shorten(names.filter((name) => name !== '').join(' › '), textLimits.line);
}

/** How long each may be so that all fit: what short ones leave of an equal share is for the longer ones. */
function longestOf(lengths: readonly number[], room: number): number {
  let left = room;
  for (const [index, length] of lengths.toSorted((one, other) => one - other).entries()) {
    const share = Math.floor(left / (lengths.length - index));
    if (length > share) return share;
    left -= length;
  }
  return room;
}

/** The documents found for one question, numbered across all searches, as the model cites them. */
export interface Sources {
  /** The number of a document, or of one place in it: the same for the same. */
  add(document: FoundDocument, place?: string): number;
  /** Undefined for a number that was never given. */
  documentOf(number: number): FoundDocument | undefined;
}

export function createSources(): Sources {
  const documents: FoundDocument[] = [];
  const numbers = new Map<string, number>();
  return {
    add({ title, url }, place = '') {
      const key = JSON.stringify([title, url, place]);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, documents.push({ title, ...(url === undefined ? {} : { url }) }));
      return documents.length;
    },
    documentOf: (number) => documents[number - 1],
  };
}
