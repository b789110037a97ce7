import type { Named } from './named-in.ts';

export interface Call {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What the demo plays: a question in several wordings, the calls it takes, and what is said of their results. */
export interface Story {
  /** A question asks it that has all the words of one of these and, apart from what it names, no other telling word: '' is no more than a name. */
  readonly asked: readonly string[];
  /** What the question may name. */
  readonly names?: readonly (keyof Named)[];
  /** What it has to name. */
  readonly needs?: keyof Named;
  /** What is called, as far as it is known by now: some calls need what another one returned. */
  readonly calls: (scene: Scene) => readonly Call[];
  readonly tell: (scene: Scene) => string;
  /** What one may well ask next, each a question that is played here. */
  readonly next?: readonly string[];
}

export interface Scene {
  readonly named: Named;
  /** What a tool returned for this question; empty as long as it did not. */
  readonly result: (tool: string) => string;
  /** Whether a tool is on offer. */
  readonly isHere: (tool: string) => boolean;
  /** What the documents that were found say of it. */
  readonly quote: () => string;
}
