import { replyMarkOf } from '@vera/slack/reply-mark';
import type { SlackMessage } from '@vera/slack/slack-message';
import type { FoundDocument } from '../tools/tool.ts';
import { sourcesIn } from './reply-blocks.ts';

/** What answers of this thread cited, by number from 1: a number stands for one document in all of it. */
export interface CitedBefore {
  /** Names of the documents, as `Citations` gives them. */
  readonly keys: readonly string[];
  /** Undefined where the thread does not tell, or tells of two. */
  readonly documents: readonly (FoundDocument | undefined)[];
}

/** Two answers that were written at the same time may have given one number to two documents: it then stands for none. */
export function citedBefore(messages: readonly SlackMessage[], botUserId: string): CitedBefore {
  const ours = messages.filter((message) => message.user === botUserId && replyMarkOf(message));
  const marked = ours.map((message) => replyMarkOf(message)?.cited ?? []);
  const longest = marked.reduce((most, keys) => (keys.length >= most.length ? keys : most), []);
  const sources = ours.flatMap(({ blocks }) => sourcesIn(blocks));
  const count = Math.max(longest.length, ...sources.map(({ number }) => number));
  const documents = Array.from({ length: count }, (_, index) => {
    const told = sources.filter(({ number }) => number === index + 1).map(({ number: _number, ...document }) => document);
    const isOne = new Set(told.map(({ url, title }) => url ?? title)).size === 1;
    return isOne ? told.at(-1) : undefined;
  });
  return { keys: documents.map((_, index) => longest[index] ?? ''), documents };
}
