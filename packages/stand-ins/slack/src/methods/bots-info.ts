import type { SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';

export const botsInfo: SlackMethod = ({ args, world }) => {
  const { workspace } = world.directory;
  if (args.text('team_id') !== '' && args.text('team_id') !== workspace.teamId) refuse('team_not_found');
  const id = args.optional('bot') ?? refuse('missing_argument');
  const own = world.directory.user(workspace.botUserId);
  const user = [...workspace.users, ...(own ? [own] : [])].find(({ botId }) => botId === id) ?? refuse('bot_not_found');
  const icons = Object.fromEntries(['36', '48', '72'].map((size) => [`image_${size}`, `${world.origin()}/icons/bot_${size}.png`]));
  const app_id = id === workspace.botId ? workspace.appId : `A${id.slice(1)}`;
  return { bot: { id, deleted: false, name: user.realName, updated: 1_766_422_444, app_id, user_id: user.id, icons } };
};
