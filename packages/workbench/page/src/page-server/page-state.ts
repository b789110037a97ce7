import type { SlackEmulator, SlackPrompts, SlackSession } from '@vera/slack-stand-in/contract';
import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import type { Workspace } from '@vera/slack-stand-in/workspace';
import type { Lab, LabState } from '../lab.ts';
import type { Road, RoadEvent, RoadQuestion } from '../road.ts';

/** Everything the page shows, at one moment. */
export interface PageState {
  readonly workspace: PageWorkspace;
  readonly messages: readonly SlackMessage[];
  readonly sessions: readonly ThreadSession[];
  readonly ephemerals: readonly Ephemeral[];
  readonly questions: readonly RoadQuestion[];
  /** Home tabs as the app published them, by person. */
  readonly homes: Readonly<Record<string, Home>>;
  /** What is suggested to ask, by the channel of the direct messages. */
  readonly prompts: Readonly<Record<string, SlackPrompts>>;
  /** What can be broken, where there is a lab. */
  readonly lab?: LabState | undefined;
  /** There is a page with what Vera did. */
  readonly hasReport: boolean;
}

export type Home = Readonly<Record<string, unknown>>;

/** The workspace without its secrets. */
export type PageWorkspace = Omit<Workspace, 'botToken' | 'signingSecret' | 'clientSecret'>;

export interface ThreadSession {
  readonly channel: string;
  readonly threadTs: string;
  readonly session: SlackSession;
}

/** A message that only `user` sees. */
export interface Ephemeral {
  readonly user: string;
  readonly message: SlackMessage;
}

/** What the page is made of. */
export interface PageSources {
  readonly slack: SlackEmulator;
  readonly road: Road;
  readonly lab: Lab | undefined;
  readonly hasReport: boolean;
}

export function pageStateOf({ slack, road: { questions }, lab, hasReport }: PageSources): PageState {
  const { botToken: _token, signingSecret: _secret, clientSecret: _client, ...workspace } = slack.workspace;
  const messages = workspace.channels.flatMap(({ id }) => slack.messages(id));
  const ephemerals = workspace.users.flatMap(({ id: user }) => slack.ephemerals(user).map((message) => ({ user, message })));
  const homes = byId(workspace.users, (id) => slack.home(id));
  const prompts = byId(workspace.channels, (id) => slack.prompts(id));
  return { workspace, messages, sessions: sessionsOf(slack, messages), ephemerals, questions, homes, prompts, lab: lab?.state, hasReport };
}

/** What there is of each, by its id. */
function byId<Value>(owners: readonly { readonly id: string }[], ofOwner: (id: string) => Value | undefined): Record<string, Value> {
  const entries = owners.flatMap(({ id }) => {
    const value = ofOwner(id);
    return value === undefined ? [] : [[id, value] as const];
  });
  return Object.fromEntries(entries);
}

function sessionsOf(slack: SlackEmulator, messages: readonly SlackMessage[]): ThreadSession[] {
  return messages
    .filter(({ ts, thread_ts }) => thread_ts === undefined || thread_ts === ts)
    .flatMap(({ channel, ts: threadTs }) => {
      const session = slack.session(channel, threadTs);
      return session ? [{ channel, threadTs, session }] : [];
    });
}

/** The log lines of one question, or the last ones of all when none was named. */
export interface RoadAnswer {
  readonly question?: string;
  readonly events: readonly RoadEvent[];
}

/** A question is named by its id, or by channel and message. */
export function roadOf(road: Road, { question, channel, message }: Readonly<Record<string, string>>): RoadAnswer {
  const id = question ?? (channel && message ? road.questionOf(channel, message) : undefined);
  if (id !== undefined) return { question: id, events: road.of(id) };
  return { events: channel ? [] : road.recent };
}
