import { shorten, textLimits } from '@vera/protocol/shorten';
import type { Log } from '@vera/service-kit/log';
import * as z from 'zod';
import { type Asked, askBases, type KnowledgeBase, type PlacedPassage } from '../knowledge/ask-bases.ts';
import { markAsData } from '../mark-as-data.ts';
import { plainName } from '../plain-name.ts';
import { counted, mainArgument } from './told-text.ts';
import { type FoundDocument, ToolFailure, tool } from './tool.ts';

interface SearchParams {
  readonly sources: Sources;
  readonly log?: Log;
  /** How long one base may take, in milliseconds. */
  readonly patience?: number;
}

/** Of all bases at once. */
export const searchKnowledgeBase = (bases: readonly KnowledgeBase[], { sources, log, patience = 20_000 }: SearchParams) =>
  tool({
    name: 'search_knowledge_base',
    title: 'Searching the knowledge base',
    description:
      "Searches the company's own documents: runbooks, policies, architecture, on-call, onboarding. Call it for every question about the company " +
      'before answering. Results are numbered; cite them in the answer as [1], [2]. They are the nearest there are, which need not be near: ' +
      'where none answers the question, say that you found nothing and do not know. Each says how old it is: where the answer rests on an ' +
      `outdated or undated one, say so.${heldBy(bases)}`,
    inputSchema: z.object({ query: z.string().min(1).max(1_000).describe('What to look for, in the words a document would use') }),
    details: mainArgument,
    callback: async ({ query }, signal) => {
      const asked = await askBases(bases, query, { signal, log, patience });
      const { passages, failed } = asked;
      const said = sayingsOf(asked);
      if (failed.length === bases.length) throw new ToolFailure(`${asSentences(said)} ${adviceFor(asked)}`, { told: said.join('; ') });
      const documents = new Set(passages.map(({ title, url, id }) => url ?? id ?? title)).size;
      const told = shorten([...(documents > 0 ? [counted(documents, 'document', 'documents')] : []), ...said].join('; '), textLimits.line);
      if (passages.length > 0) return { text: shown(asked, said, sources), told, found: passages.map(toDocument) };
      return { text: `${asSentences(said)} ${adviceFor(asked)}`, told, found: [] };
    },
  });

/** For an answer that nothing was found for. */
function adviceFor({ failed, unreadable }: Asked): string {
  if (failed.length > 0) return 'Whether the answer stands there is unknown: say that it could not be searched, and do not guess.';
  if (unreadable.length > 0) return 'Say that something was found that cannot be read here.';
  return 'Search once more in other words, or say that you found nothing and do not know; do not guess.';
}

function heldBy(bases: readonly KnowledgeBase[]): string {
  const told = bases.flatMap(({ name, about }) => (about === undefined ? [] : [`${name} (${about})`]));
  return told.length === 0 ? '' : ` There are: ${told.join('; ')}.`;
}

/** What is said beside what was found, to whoever answers and on the card alike. */
function sayingsOf({ failed, empty, unreadable }: Asked): string[] {
  const named = (names: readonly string[], words: string) => (names.length === 0 ? [] : [`${words} ${names.join(', ')}`]);
  return [
    ...named(failed, 'could not be searched:'),
    ...named(empty, 'nothing found in'),
    ...named(unreadable, 'found without text that can be read:'),
  ];
}

function asSentences(sayings: readonly string[]): string {
  return sayings.map((words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`).join(' ');
}

const between = '\n\n';

/** All of them, cut where together they would be too long. Base and age are ours to say, and stand in the mark: no document can. */
function shown({ passages, failed }: Asked, said: readonly string[], sources: Sources): string {
  const before = said.length > 0 ? `${asSentences(said)}${failed.length > 0 ? ' Say so in the answer.' : ''}${between}` : '';
  const numbers = passages.map((passage) => `[${sources.add(toDocument(passage), `${passage.heading}\n${passage.text}`)}] `);
  const origins = passages.map(({ origin, age }) => (age === undefined ? origin : `${origin}, ${age.told}`));
  const titles = passages.map(({ title, heading = '' }) => `${placeOf(title, heading)}\n\n`);
  const marks = origins.reduce((sum, origin) => sum + markAsData('', origin).length + between.length, 0);
  const around = before.length + marks + [...numbers, ...titles].join('').length;
  const longest = longestOf(
    passages.map(({ text }) => text.length),
    textLimits.toolResult - around,
  );
  const marked = passages.map(
    ({ text }, index) => numbers[index] + markAsData(titles[index] + shorten(text, longest), origins[index] ?? ''),
  );
  return before + marked.join(between);
}

function toDocument({ title, url, id, age }: PlacedPassage): FoundDocument {
  return {
    title,
    ...(url === undefined ? {} : { url }),
    ...(id === undefined ? {} : { id }),
    ...(age?.warning ? { warning: age.warning } : {}),
  };
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

/** The documents found for one question, numbered across all searches, as the model cites them. No number of the thread is given twice. */
export interface Sources {
  /** The number of a document, or of one place in it: the same for the same. */
  add(document: FoundDocument, place?: string): number;
  /** Undefined for a number that was never given. */
  documentOf(number: number): FoundDocument | undefined;
}

/** `earlier`: documents of the answers before in the thread, by number from 1; new ones are numbered from there on. */
export function createSources(earlier: readonly (FoundDocument | undefined)[] = []): Sources {
  const documents = [...earlier];
  const numbers = new Map<string, number>();
  return {
    add(document, place = '') {
      const key = JSON.stringify([document.title, document.url, document.id, place]);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, documents.push(document));
      return documents.length;
    },
    documentOf: (number) => documents[number - 1],
  };
}
