import type { WorkspaceChannel, WorkspaceUser } from '@vera/slack-stand-in/contract';
import type { PageWorkspace } from '../../page-server/page-state.ts';

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
