import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ScriptedStep } from '@vera/bedrock-stand-in/scripted-model';
import { stringify } from 'yaml';
import { readYaml } from './read-yaml.ts';
import { type Parts, type RequestPart, requestParts } from './request-parts.ts';

/** What a model says in one call, as a script of it. Longer than a line, it is `say`. */
export type RecordedTurn = string | readonly Extract<ScriptedStep, string | { call: string } | { think: string } | { stop: string }>[];

export type PartValues = Partial<Readonly<Record<RequestPart, string | readonly string[]>>>;

/** One request and its answer. */
export interface Exchange {
  /** The parts that it is found by. */
  readonly when?: PartValues;
  readonly says: RecordedTurn;
  /** The tokens that a live model counted. */
  readonly usage?: { readonly input: number; readonly output: number };
  /** The other parts, when it was recorded: what differs by now is told. */
  readonly seen?: PartValues;
}

/** All of a topic. `by` says whose words these are: `hand`, or a model's id. */
export interface Recording {
  readonly by: string;
  readonly exchanges: readonly Exchange[];
}

/** The parts of a request that its answer is found by, and the others. */
export function keysOf(parts: Parts, relevant: readonly RequestPart[]): Required<Pick<Exchange, 'when' | 'seen'>> {
  const only = (isWanted: boolean): PartValues =>
    Object.fromEntries(requestParts.filter((part) => relevant.includes(part) === isWanted).map((part) => [part, parts[part]]));
  return { when: only(true), seen: only(false) };
}

export type TopicRecordings = Readonly<Record<string, Recording>>;

/** None where there is no file. */
export function readRecordings(file: string): TopicRecordings {
  return (readYaml(file) ?? {}) as TopicRecordings;
}

const header = `# What models say in the cases of this topic. "by: hand": a person wrote it, to see what our code does with it; no model said so.
# "says" is edited here; "when" and "seen" are written by pnpm eval --update.
`;

export function writeRecordings(file: string, recordings: TopicRecordings): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, header + stringify(recordings, { lineWidth: 140, aliasDuplicateObjects: false }));
}
