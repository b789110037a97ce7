import type { PersonClick } from '../contract.ts';
import { verificationToken } from '../events/envelope.ts';
import { toApiView } from '../methods/views.ts';
import type { World } from '../state/world.ts';
import { actionOf } from './click-as-person.ts';

/**
 * A person presses a button of their home tab: a view, so that there is neither a message nor a channel nor a response URL.
 * https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
 */
export async function pressHome(
  world: World,
  press: Pick<PersonClick, 'user' | 'actionId' | 'value'>,
): Promise<{ readonly status: number }> {
  const user = world.directory.user(press.user);
  const home = world.views.home(press.user);
  if (!user || !home) throw new Error(`no home tab of ${press.user}`);
  const { teamId, teamDomain, appId } = world.directory.workspace;
  const view = toApiView(world, home);
  const blocks = home.content.blocks as readonly Record<string, unknown>[];
  const status = await world.feed.interact({
    type: 'block_actions',
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId ?? teamId },
    api_app_id: appId,
    token: verificationToken,
    container: { type: 'view', view_id: home.id },
    trigger_id: world.tickets.issueTrigger(),
    team: { id: teamId, domain: teamDomain },
    enterprise: null,
    is_enterprise_install: false,
    view,
    actions: [actionOf({ ts: home.id, blocks }, press, world.timestamps.next())],
  });
  return { status };
}
