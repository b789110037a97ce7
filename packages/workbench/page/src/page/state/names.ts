import type { SlackMessage } from '@vera/slack-stand-in/contract';
import type { PageWorkspace } from '../../page-server/page-state.ts';
import type { NameOf } from '../text/name-of.ts';

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
