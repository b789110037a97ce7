import type { KnowledgeBase, Passage } from '../../src/knowledge/ask-bases.ts';

/** One knowledge base that finds this. */
export function oneBase(find: (query: string) => Promise<readonly Passage[]>, name = 'the knowledge base'): readonly KnowledgeBase[] {
  return [{ name, search: async (query) => ({ passages: await find(query), unreadable: 0 }) }];
}
