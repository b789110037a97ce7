import type { AtlassianPerson } from '../atlassian/atlassian-site.ts';
import type { AtlassianCaller } from '../atlassian/identify-caller.ts';
import type { Routes } from '../http/route.ts';
import type { SeedSpace } from './confluence-seed.ts';

export interface PageVersion {
  readonly number: number;
  readonly createdAt: number;
  readonly authorId: string;
  readonly message: string;
}

export interface PageComment {
  readonly id: string;
  readonly authorId: string;
  readonly createdAt: number;
  /** As it is stored, XHTML. */
  readonly storage: string;
}

/** A page as it is kept. People are account ids, times epoch milliseconds. */
export interface ConfluencePage {
  readonly id: string;
  readonly space: string;
  title: string;
  parentId: string | null;
  readonly authorId: string;
  readonly createdAt: number;
  version: PageVersion;
  storage: string;
  readonly labels: string[];
  readonly comments: PageComment[];
}

export interface ConfluenceState {
  readonly people: readonly AtlassianPerson[];
  readonly spaces: readonly SeedSpace[];
  readonly pages: ConfluencePage[];
  /** Of the site; the wiki lies below `/wiki`. */
  readonly url: string;
  now(): number;
  nextId(): string;
}

export function visibleSpaces({ spaces }: ConfluenceState, { handle }: AtlassianPerson): SeedSpace[] {
  return spaces.filter(({ members }) => members === undefined || members.includes(handle));
}

export function visiblePages(state: ConfluenceState, person: AtlassianPerson): ConfluencePage[] {
  const keys = new Set(visibleSpaces(state, person).map(({ key }) => key));
  return state.pages.filter(({ space }) => keys.has(space));
}

export function spaceOf({ spaces }: ConfluenceState, key: string): SeedSpace {
  const space = spaces.find((one) => one.key === key);
  if (!space) throw new Error(`No such space: ${key}`);
  return space;
}

export type ConfluenceRoutes = Routes<ConfluenceState, AtlassianCaller>;
