import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The files of a prompt, each with the places that it leaves for what is filled in. */
const placesOf = {
  identity: ['company'],
  voice: [],
  tools: [],
  formatting: [],
  'follow-ups': [],
  people: [],
  trust: [],
  asker: ['asker', 'place'],
  channel: ['rules'],
  'memory-standing': ['requests'],
  'memory-facts': ['facts'],
  'memory-off': [],
  'missing-tools': ['troubles'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type PromptPart = keyof typeof placesOf;

export interface PromptFiles {
  readonly parts: Readonly<Record<PromptPart, string>>;
  /** What the company adds, word for word. */
  readonly company: string;
  /** What holds in a channel beside it, by the channel's id, word for word. */
  readonly channels: ReadonlyMap<string, string>;
}

/** The worker does not start without its prompt. The message names every file at fault. */
class PromptFilesError extends Error {
  readonly code = 'prompt-files';
}

/** Reads a prompt whole, or throws: a part that is lost on the way into an image is not noticed by the answers. */
export function readPromptFiles(folder: URL): PromptFiles {
  const problems: string[] = [];
  const attempt = <Value>(name: string, read: () => Value): Value | undefined => {
    try {
      return read();
    } catch (error) {
      problems.push(`${name} ${error instanceof PromptFilesError ? error.message : 'cannot be read'}`);
      return undefined;
    }
  };
  const at = (name: string) => join(fileURLToPath(folder), name);
  const parts = Object.entries(placesOf).map(([part, places]) => [
    part,
    attempt(`${part}.md`, () => withPlaces(textOf(at(`${part}.md`)), places)),
  ]);
  const company = attempt('company.md', () => textOf(at('company.md')));
  const channels = new Map<string, string>();
  for (const name of namesIn(at('channels'))) {
    attempt(`channels/${name}`, () => {
      const id = channelIdIn(name);
      if (channels.has(id)) throw new PromptFilesError('is the second file for its channel');
      channels.set(id, textOf(at(join('channels', name))));
    });
  }
  const known = new Set([...Object.keys(placesOf), 'company'].map((part) => `${part}.md`));
  for (const name of namesIn(at('')).filter((file) => !known.has(file))) problems.push(`${name} is no part of it`);
  if (problems.length > 0) throw new PromptFilesError(`The prompt cannot be used: ${problems.join('; ')}.`);
  return { parts: Object.fromEntries(parts) as PromptFiles['parts'], company: company ?? '', channels };
}

/** Markdown only: editors and systems leave other files beside it. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^[^.].*\.md$/.test(name));
  } catch {
    return [];
  }
}

/** However an editor or a checkout writes ends of lines, the model reads the same, and the prompt cache finds it. */
function textOf(path: string): string {
  const bytes = bytesOf(path);
  let text: string;
  try {
    // It leaves a byte order mark out.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new PromptFilesError('is not written in UTF-8');
  }
  const plain = text.replace(/\r\n?/g, '\n').trim();
  if (plain === '') throw new PromptFilesError('is empty');
  return plain;
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new PromptFilesError('is missing', { cause: error });
    throw error;
  }
}

const place = /\{\{(.*?)\}\}/g;

function withPlaces(text: string, places: readonly string[]): string {
  const found = new Set([...text.matchAll(place)].map(([, name = '']) => name));
  const unknown = [...found].filter((name) => !places.includes(name)).map((name) => `has nothing to put for {{${name}}}`);
  const lost = places.filter((name) => !found.has(name)).map((name) => `has no place for {{${name}}}`);
  if (unknown.length + lost.length > 0) throw new PromptFilesError([...unknown, ...lost].join(' and '));
  return text;
}

/** `incidents-C0123ABC.md`: names of channels change, and anybody may take one that is free. */
function channelIdIn(name: string): string {
  const [, id] = /^(?:.*-)?([CG][A-Z0-9]+)\.md$/.exec(name) ?? [];
  if (id === undefined) throw new PromptFilesError("does not end in its channel's id, as incidents-C0123ABC.md does");
  return id;
}

/** Puts values into their places, all at once and as they are: nothing in a value is read as a place or a pattern. */
export function fillPart(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(place, (whole, name: string) => values[name] ?? whole);
}
