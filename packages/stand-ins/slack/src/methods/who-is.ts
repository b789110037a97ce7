import type { SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';
import type { Workspace, WorkspaceUser } from '../workspace.ts';
import { botIcons } from './bot-message.ts';
import { pageAtCursor } from './page-at-cursor.ts';

export const authTest: SlackMethod = ({ world }) => {
  const { teamId, teamDomain, botUserId, botId, enterpriseId } = world.directory.workspace;
  return {
    url: `https://${teamDomain}.slack.com/`,
    team: teamDomain,
    user: world.directory.user(botUserId)?.name ?? '',
    team_id: teamId,
    user_id: botUserId,
    bot_id: botId,
    is_enterprise_install: false,
    ...(enterpriseId === undefined ? {} : { enterprise_id: enterpriseId }),
  };
};

export const teamInfo: SlackMethod = ({ args, world }) => {
  const { teamId, teamDomain } = world.directory.workspace;
  const isOther = ![teamId, ''].includes(args.text('team')) || ![teamDomain, ''].includes(args.text('domain'));
  if (isOther) refuse('team_not_found');
  const icon = { image_default: true, image_132: `${world.origin()}/icons/team_132.png` };
  return { team: { id: teamId, name: teamDomain, domain: teamDomain, email_domain: '', icon, is_verified: false } };
};

export const botsInfo: SlackMethod = ({ args, world }) => {
  const { workspace } = world.directory;
  if (args.text('team_id') !== '' && args.text('team_id') !== workspace.teamId) refuse('team_not_found');
  const id = args.optional('bot') ?? refuse('missing_argument');
  const own = world.directory.user(workspace.botUserId);
  const user = [...workspace.users, ...(own ? [own] : [])].find(({ botId }) => botId === id) ?? refuse('bot_not_found');
  const app_id = id === workspace.botId ? workspace.appId : `A${id.slice(1)}`;
  return { bot: { id, deleted: false, name: user.realName, updated: 1_766_422_444, app_id, user_id: user.id, icons: botIcons(world) } };
};

export const usersInfo: SlackMethod = ({ args, world }) => {
  const user = world.directory.user(args.text('user')) ?? refuse('user_not_found');
  const withLocale = args.flag('include_locale') ? { locale: 'en-US' } : {};
  return { user: { ...toApiUser(user, world.directory.workspace, world.botScopes.includes('users:read.email')), ...withLocale } };
};

/** Everybody of the workspace, and the strangers it shares channels with. */
export const usersList: SlackMethod = ({ args, world }) => {
  const { workspace } = world.directory;
  const own = world.directory.user(workspace.botUserId);
  const everybody = [...workspace.users, ...(own ? [own] : [])];
  const limit = args.number('limit') ?? 0;
  if (!Number.isInteger(limit) || limit < 0) refuse('limit_required');
  const { page, response_metadata } = pageAtCursor(everybody, { args, limit: limit || everybody.length, nameOf: ({ id }) => `user:${id}` });
  return {
    members: page.map((user) => toApiUser(user, workspace, world.botScopes.includes('users:read.email'))),
    cache_ts: Math.floor(world.clock.now() / 1000),
    response_metadata,
  };
};

/** The e-mail address shows only with its own scope. */
function toApiUser(
  { id, name, realName, teamId, enterpriseId, title, timezone, botId, email, guest, isDeleted, isStranger }: WorkspaceUser,
  workspace: Workspace,
  showsEmail: boolean,
) {
  const team = teamId ?? workspace.teamId;
  const organisation = enterpriseId ?? (teamId === undefined ? workspace.enterpriseId : undefined);
  const isBot = botId !== undefined;
  const strangeness = isStranger ?? (team === workspace.teamId ? undefined : !isMet(id, workspace));
  return {
    id,
    team_id: team,
    name,
    deleted: isDeleted ?? false,
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
    // A guest of a single channel is both: https://docs.slack.dev/reference/objects/user-object
    is_restricted: guest !== undefined,
    is_ultra_restricted: guest === 'single',
    is_bot: isBot,
    is_app_user: false,
    // Only of whom the app meets in no channel: https://docs.slack.dev/reference/objects/user-object
    ...(strangeness === undefined ? {} : { is_stranger: strangeness }),
    // On Enterprise Grid, of whoever belongs to an organisation: the same page.
    ...(organisation === undefined ? {} : { enterprise_user: { id, enterprise_id: organisation, teams: [team] } }),
    updated: 1_766_422_444,
  };
}

function isMet(id: string, { channels, botUserId }: Workspace): boolean {
  return channels.some(({ members }) => members.includes(id) && members.includes(botUserId));
}

function normalised(name: string): string {
  return name.normalize('NFD').replace(/\p{Mn}/gu, '');
}
