import type { SlackMessage } from '@vera/slack/slack-message';
import type { Content } from '../agent/agent.ts';
import type { FetchFile } from './fetch-file.ts';

/** Bedrock takes twenty images and five documents a request; the rest is what a question should bear in time and memory. */
const most = { files: 25, images: 20, documents: 5, characters: 150_000, bytes: 15_000_000 };

/** The files of a thread as content, by the `ts` of their message: the newest first, until a limit is reached or `signal` aborts. */
export async function collectFiles(
  fetchFile: FetchFile,
  messages: readonly Pick<SlackMessage, 'ts' | 'files'>[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Content[]>> {
  const collected = new Map<string, readonly Content[]>();
  const used = { files: 0, images: 0, documents: 0, characters: 0, bytes: 0 };
  const isFull = () => (Object.keys(most) as (keyof typeof most)[]).some((limit) => used[limit] >= most[limit]);
  for (const { ts, files = [] } of messages.toReversed()) {
    for (const file of files) {
      if (signal.aborted || isFull()) return collected;
      const content = await fetchFile(file);
      used.files += 1;
      if (content.kind === 'image') used.images += 1;
      if (content.kind === 'document') used.documents += 1;
      if (content.kind === 'text') used.characters += content.text.length;
      else used.bytes += content.bytes.byteLength;
      collected.set(ts, [...(collected.get(ts) ?? []), content]);
    }
  }
  return collected;
}
