import { adfHtml, toAdf } from '../atlassian/adf.ts';
import type { AtlassianPerson } from '../atlassian/atlassian-site.ts';
import { createStoryTime } from '../story/story-time.ts';
import type { ConfluenceSeed } from './confluence-seed.ts';
import type { ConfluenceState } from './confluence-state.ts';

interface LoadParts {
  readonly people: readonly AtlassianPerson[];
  readonly url: string;
  readonly now: () => number;
}

/** The state a data file tells of, moved to the present week. */
export function loadConfluence(seed: ConfluenceSeed, { people, url, now }: LoadParts): ConfluenceState {
  const time = createStoryTime(seed, now());
  let lastId = 900_000;
  const nextId = () => {
    lastId += 1;
    return String(lastId);
  };
  const accountOf = (handle: string) => {
    const person = people.find((one) => one.handle === handle);
    if (!person) throw new Error(`The data of Confluence names ${handle}, who is nobody`);
    return person.accountId;
  };
  const pages = seed.pages.map((page) => ({
    id: page.id,
    space: page.space,
    title: page.title,
    parentId: page.parent ?? null,
    authorId: accountOf(page.author),
    createdAt: time.past(page.created),
    version: {
      number: page.version ?? 1,
      createdAt: time.past(page.updated ?? page.created),
      authorId: accountOf(page.updatedBy ?? page.author),
      message: '',
    },
    storage: adfHtml(toAdf(page.body)),
    labels: [...(page.labels ?? [])],
    comments: (page.comments ?? []).map(({ by, at, text }) => ({
      id: nextId(),
      authorId: accountOf(by),
      createdAt: time.past(at),
      storage: adfHtml(toAdf(text)),
    })),
  }));
  return { people, spaces: seed.spaces, pages, url, now, nextId };
}
