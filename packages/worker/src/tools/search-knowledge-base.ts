import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import { markAsData } from '../mark-as-data.ts';
import type { Sources } from './sources.ts';
import { ToolFailure, tool } from './tool.ts';

/** A passage of a document that fits a query. */
export interface Passage {
  readonly title: string;
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
    callback: async ({ query }, signal) => {
      const passages = await search(query, signal).catch((cause: unknown) => {
        throw new ToolFailure('The knowledge base cannot be searched at the moment. Say so in the answer.', { cause });
      });
      if (passages.length === 0) return 'No document fits this query.';
      return shown(passages, sources);
    },
  });

/** All of them: each may take an equal share of the room, and what it leaves is for those after it. */
function shown(passages: readonly Passage[], sources: Sources): string {
  const between = '\n\n';
  let room = textLimits.toolResult;
  const parts = passages.map((passage, index) => {
    const head = `[${sources.add(passage)}] ${shorten(passage.title.replace(/\s+/g, ' '), textLimits.line)}\n`;
    const share = Math.floor(room / (passages.length - index)) - head.length - markAsData('', origin).length - between.length;
    const part = head + markAsData(shorten(passage.text, share), origin);
    room -= part.length + between.length;
    return part;
  });
  return parts.join(between);
}
