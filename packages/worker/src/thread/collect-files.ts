import type { SlackMessage } from '@vera/slack/slack-message';
import type { Content } from '../agent/agent.ts';
import { type FetchFile, note } from './fetch-file.ts';
import { mostPages } from './look-at-document.ts';

/** Bedrock takes twenty images and five documents a request; the rest is what a question should bear in time and memory. */
const most = { files: 25, images: 20, documents: 5, pages: mostPages, characters: 150_000, bytes: 15_000_000 };
/** Files that are named although they were not read. */
const mostNamed = 25;
const tooMany = 'there are more files here than can be read for one question';

/** The files of a thread as content, by the `ts` of their message: the newest first, until a limit is reached or `signal` aborts. */
export async function collectFiles(
  fetchFile: FetchFile,
  messages: readonly Pick<SlackMessage, 'ts' | 'files'>[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Content[]>> {
  const collected = new Map<string, readonly Content[]>();
  const budget = createBudget();
  let named = 0;
  const files = messages.toReversed().flatMap(({ ts, files: own = [] }) => own.map((file) => ({ ts, file })));
  for (const { ts, file } of files) {
    if (signal.aborted || named >= mostNamed) break;
    const fetched = budget.isSpent() ? undefined : await fetchFile(file);
    const content = fetched && budget.takes(fetched) ? fetched : note(file.name ?? 'file', tooMany);
    if (content !== fetched) named += 1;
    collected.set(ts, [...(collected.get(ts) ?? []), content]);
  }
  return collected;
}

function createBudget() {
  const used: Cost = { files: 0, images: 0, documents: 0, pages: 0, characters: 0, bytes: 0 };
  return {
    isSpent: () => used.files >= most.files || used.characters >= most.characters || used.bytes >= most.bytes,
    /** The last text or picture may be one too long; of what Bedrock counts there is never one too many. */
    takes(content: Content): boolean {
      const next = sum(used, costOf(content));
      const fits = next.images <= most.images && next.documents <= most.documents && next.pages <= most.pages;
      if (fits) Object.assign(used, next);
      return fits;
    },
  };
}

type Cost = Record<keyof typeof most, number>;

function costOf(content: Content): Partial<Cost> {
  switch (content.kind) {
    case 'text':
      return { files: 1, characters: content.text.length };
    case 'image':
      return { files: 1, images: 1, bytes: content.bytes.byteLength };
    case 'document':
      return { files: 1, documents: 1, pages: content.pages, bytes: content.bytes.byteLength };
  }
}

function sum(used: Cost, cost: Partial<Cost>): Cost {
  return Object.fromEntries(Object.entries(used).map(([name, value]) => [name, value + (cost[name as keyof Cost] ?? 0)])) as Cost;
}
