import type { SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';
import type { Workspace, WorkspaceUser } from '../contract.ts';

export const usersInfo: SlackMethod = ({ args, world }) => {
  const user = world.directory.user(args.text('user')) ?? refuse('user_not_found');
  const withLocale = args.flag('include_locale') ? { locale: 'en-US' } : {};
  return { user: { ...toApiUser(user, world.directory.workspace, world.botScopes.includes('users:read.email')), ...withLocale } };
};

/** The e-mail address shows only with its own scope. */
function toApiUser(
  { id, name, realName, teamId, title, timezone, botId, email }: WorkspaceUser,
  workspace: Workspace,
  showsEmail: boolean,
) {
  const team = teamId ?? workspace.teamId;
  const isBot = botId !== undefined;
  return {
    id,
    team_id: team,
    name,
    deleted: false,
    real_name: realName,
    tz: timezone ?? 'Europe/London',
    profile: {
      title: title ?? '',
      real_name: realName,
      real_name_normalized: normalised(realName),
      display_name: name,
      display_name_normalized: normalised(name),
      team,
      ...(showsEmail && !isBot ? { email: email ?? `${name}@${workspace.teamDomain}.example` } : {}),
      ...(isBot ? { bot_id: botId, api_app_id: botId === workspace.botId ? workspace.appId : '' } : {}),
    },
    is_admin: false,
    is_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: isBot,
    is_app_user: false,
    ...(teamId && teamId !== workspace.teamId ? { is_stranger: true } : {}),
    updated: 1_766_422_444,
  };
}

function normalised(name: string): string {
  return name.normalize('NFD').replace(/\p{Mn}/gu, '');
}
