import { toAdf } from '../atlassian/adf.ts';
import type { AtlassianPerson } from '../atlassian/atlassian-site.ts';
import { createStoryTime, type StoryTime } from '../story/story-time.ts';
import { storyPoints } from './issue-options.ts';
import type { JiraSeed, SeedIssue } from './jira-seed.ts';
import type { JiraIssue, JiraState } from './jira-state.ts';
import { statusOf } from './workflow.ts';

interface LoadParts {
  readonly people: readonly AtlassianPerson[];
  readonly url: string;
  readonly now: () => number;
  readonly searchLag?: number;
}

/** The state a data file tells of, moved to the present week. */
export function loadJira(seed: JiraSeed, { people, url, now, searchLag = 0 }: LoadParts): JiraState {
  const time = createStoryTime(seed, now());
  let lastId = 20_000;
  const nextId = () => {
    lastId += 1;
    return String(lastId);
  };
  const accountOf = (handle: string) => {
    const person = people.find((one) => one.handle === handle);
    if (!person) throw new Error(`The data of Jira names ${handle}, who is nobody`);
    return person.accountId;
  };
  return {
    people,
    url,
    now,
    searchLag,
    nextId,
    projects: seed.projects.map((project) => ({ ...project })),
    boards: seed.boards,
    sprints: seed.sprints.map(({ start, end, ...sprint }) => ({
      ...sprint,
      ...(start === undefined ? {} : { start: time.at(start) }),
      ...(end === undefined ? {} : { end: time.at(end) }),
    })),
    issues: seed.issues.map((issue) => issueOf(issue, { time, nextId, accountOf })),
    serviceDesks: seed.serviceDesks,
  };
}

interface IssueParts {
  readonly time: StoryTime;
  readonly nextId: () => string;
  readonly accountOf: (handle: string) => string;
}

function issueOf(seed: SeedIssue, { time, nextId, accountOf }: IssueParts): JiraIssue {
  const comments = (seed.comments ?? []).map(({ by, at, text }) => ({
    id: nextId(),
    author: accountOf(by),
    created: time.past(at),
    body: toAdf(text),
    properties: {},
  }));
  const created = time.past(seed.created);
  const resolved = seed.resolved === undefined ? null : time.past(seed.resolved);
  const isDone = statusOf(seed.status).category === 'done';
  if (isDone !== (resolved !== null)) throw new Error(`${seed.key} is ${isDone ? 'done but has' : 'not done and has'} no date or one`);
  const last = Math.max(created, resolved ?? 0, ...comments.map((comment) => comment.created));
  return {
    id: nextId(),
    key: seed.key,
    project: seed.key.replace(/-\d+$/, ''),
    type: seed.type,
    summary: seed.summary,
    description: seed.description === undefined ? null : toAdf(seed.description),
    status: seed.status,
    priority: seed.priority ?? 'Medium',
    resolution: isDone ? 'Done' : null,
    assignee: seed.assignee === undefined ? null : accountOf(seed.assignee),
    reporter: accountOf(seed.reporter),
    creator: accountOf(seed.reporter),
    labels: [...(seed.labels ?? [])],
    components: [...(seed.components ?? [])],
    parent: seed.parent ?? null,
    sprints: seed.sprint === undefined ? [] : [seed.sprint],
    duedate: seed.due === undefined ? null : time.day(seed.due),
    created,
    updated: seed.updated === undefined ? last : Math.max(last, time.past(seed.updated)),
    resolved,
    comments,
    history: [],
    properties: {},
    custom: { ...(seed.points === undefined ? {} : { [storyPoints]: seed.points }) },
  };
}
