import type { Source } from '../reply/reply-blocks.ts';

/** The documents found for one question, numbered across all searches. */
export interface Sources {
  /** The number of a document: the same for the same document. */
  add(document: { readonly title: string; readonly url?: string }): number;
  /** Those an answer cites as [1], [2] …; when it cites none, what was found first. */
  citedIn(answer: string): readonly Source[];
}

const mostUncited = 3;

export function createSources(): Sources {
  const sources: Source[] = [];
  return {
    add({ title, url }) {
      const known = sources.find((source) => source.title === title && source.url === url);
      if (known) return known.number;
      sources.push({ number: sources.length + 1, title, ...(url === undefined ? {} : { url }) });
      return sources.length;
    },
    citedIn(answer) {
      const cited = new Set(
        [...answer.matchAll(/\[(\d+(?:\s*,\s*\d+)*)\](?!\()/g)].flatMap(([, numbers]) => (numbers ?? '').split(',').map(Number)),
      );
      const found = sources.filter(({ number }) => cited.has(number));
      return found.length > 0 ? found : sources.slice(0, mostUncited);
    },
  };
}
