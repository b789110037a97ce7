import type { StoryCalendar } from '../story/story-time.ts';

/** A Confluence as a data file tells it. People are named by their handles, times as `StoryTime` reads them. */
export interface ConfluenceSeed extends StoryCalendar {
  readonly spaces: readonly SeedSpace[];
  readonly pages: readonly SeedPage[];
}

export interface SeedSpace {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly type?: 'global' | 'knowledge_base';
  /** The page that stands above the others. */
  readonly homepage: string;
  /** Who may see it; everybody when left out. */
  readonly members?: readonly string[];
}

export interface SeedPage {
  readonly id: string;
  readonly space: string;
  readonly title: string;
  /** The id of the page above; none for a homepage. */
  readonly parent?: string;
  readonly author: string;
  readonly created: string;
  readonly updated?: string;
  readonly updatedBy?: string;
  readonly version?: number;
  readonly labels?: readonly string[];
  /** Plain words, as `toAdf` reads them. */
  readonly body: string;
  readonly comments?: readonly { readonly by: string; readonly at: string; readonly text: string }[];
}
