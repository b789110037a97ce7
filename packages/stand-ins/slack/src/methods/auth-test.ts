import type { SlackMethod } from '../api/slack-method.ts';

export const authTest: SlackMethod = ({ world }) => {
  const { teamId, teamDomain, botUserId, botId } = world.directory.workspace;
  return {
    url: `https://${teamDomain}.slack.com/`,
    team: teamDomain,
    user: world.directory.user(botUserId)?.name ?? '',
    team_id: teamId,
    user_id: botUserId,
    bot_id: botId,
    is_enterprise_install: false,
  };
};
