import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import type { WorkspaceChannel, WorkspaceUser } from '@vera/slack-stand-in/workspace';
import type { PageWorkspace } from '../../page-server/page-state.ts';
import type { RoadQuestion } from '../../road.ts';
import { mentionablesOf } from '../text/mentions.ts';
import type { NameOf } from '../text/safe-html.ts';
import type { Model } from './model.ts';

/** Who wrote a message. */
export interface Author {
  readonly id: string;
  readonly name: string;
  readonly isApp: boolean;
}

export function authorOf(workspace: PageWorkspace, { user, bot_id, username }: SlackMessage): Author {
  if (user === workspace.botUserId || bot_id === workspace.botId) return { id: workspace.botUserId, name: workspace.botName, isApp: true };
  const known = workspace.users.find(({ id, botId }) => id === user || (bot_id !== undefined && botId === bot_id));
  const name = known?.realName ?? username ?? (user === 'USLACKBOT' ? 'Slackbot' : user) ?? 'Somebody';
  return { id: user ?? bot_id ?? name, name, isApp: bot_id !== undefined };
}

export function nameOfIn({ users, channels, botUserId, botName }: PageWorkspace): NameOf {
  return (kind, id) => {
    if (kind === '#') return channels.find((channel) => channel.id === id)?.name;
    return id === botUserId ? botName : users.find((user) => user.id === id)?.realName;
  };
}

/** As `nameOfIn`, but what one types to mention somebody: two people may have one name. */
export function typedNameOfIn(workspace: PageWorkspace): NameOf {
  const nameOf = nameOfIn(workspace);
  return (kind, id) => (kind === '@' ? mentionablesOf(workspace).find((one) => one.id === id)?.typedName : nameOf(kind, id));
}

/** Those one can speak as: whoever has direct messages with Vera. */
export function speakersOf(workspace: PageWorkspace): readonly WorkspaceUser[] {
  return workspace.users.filter(({ id, botId }) => botId === undefined && directChannelOf(workspace, id));
}

export function channelsOf({ channels }: PageWorkspace, user: string): readonly WorkspaceChannel[] {
  return channels.filter(({ members }) => members.includes(user));
}

export function directChannelOf({ channels, botUserId }: PageWorkspace, user: string): WorkspaceChannel | undefined {
  return channels.find(({ kind, members }) => kind === 'im' && members.includes(user) && members.includes(botUserId));
}

/** The question whose road is shown: the chosen one, else the last of the open thread, else the last of the channel. */
export function shownQuestion({ questions, chosenQuestion, thread, channel }: Model): RoadQuestion | undefined {
  const chosen = questions.find(({ question }) => question === chosenQuestion);
  const here = questions.filter((question) => question.channel === channel && (thread === undefined || question.thread === thread));
  return chosen ?? here.at(-1);
}

/** The question that a message asks or answers, when its road is still known. */
export function questionOf({ questions }: Model, { channel, ts, metadata }: SlackMessage): string | undefined {
  const answered = metadata?.event_payload.question;
  return questions.find(({ question, ...place }) => question === answered || (place.channel === channel && place.message === ts))?.question;
}

/** Somebody else wrote in the channel since it was last open. */
export function isUnread({ seen, messages, me }: Model, channel: string): boolean {
  const last = seen[`${me}:${channel}`] ?? '';
  return (messages[channel] ?? []).some(({ ts, user }) => user !== me && ts > last);
}

/** What the arrow up edits. */
export function lastOwnTsOf(messages: readonly SlackMessage[], me: string): string | undefined {
  return messages.findLast(({ user, text, subtype }) => user === me && text !== '' && subtype !== 'tombstone')?.ts;
}
