import type { Arguments } from '../api/arguments.ts';
import { refuse } from '../api/slack-refusal.ts';
import type { SlackMessage } from '../contract.ts';
import type { World } from '../state/world.ts';

type Author = Pick<SlackMessage, 'user' | 'bot_id' | 'app_id' | 'team' | 'bot_profile' | 'subtype' | 'username' | 'icons'>;

/** Who the app's messages are from. Under another name they become `bot_message`s without user. */
export function botAuthor({ directory, origin, botScopes }: World, args?: Arguments): Author {
  const { teamId, appId, botUserId, botId, botName } = directory.workspace;
  const identity = { bot_id: botId, app_id: appId, team: teamId };
  const icons = Object.fromEntries(['36', '48', '72'].map((size) => [`image_${size}`, `${origin()}/icons/bot_${size}.png`]));
  const bot_profile = {
    id: botId,
    deleted: false,
    name: botName,
    updated: 1_766_422_444,
    app_id: appId,
    user_id: botUserId,
    icons,
    team_id: teamId,
  };
  const custom = customOf(args);
  if (!custom) return { user: botUserId, ...identity, bot_profile };
  if (!botScopes.includes('chat:write.customize'))
    refuse('missing_scope', { needed: 'chat:write.customize', provided: botScopes.join(',') });
  return { subtype: 'bot_message', ...identity, ...custom };
}

function customOf(args: Arguments | undefined): Pick<SlackMessage, 'username' | 'icons'> | undefined {
  const username = args?.text('username');
  const emoji = args?.text('icon_emoji');
  const url = args?.text('icon_url');
  if (!username && !emoji && !url) return undefined;
  const icons = { ...(emoji ? { emoji } : {}), ...(url && !emoji ? { image_48: url } : {}) };
  return { ...(username ? { username } : {}), ...(Object.keys(icons).length === 0 ? {} : { icons }) };
}
