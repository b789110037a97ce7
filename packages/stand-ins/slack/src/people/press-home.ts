import type { PersonClick } from '../contract.ts';
import { toApiView } from '../methods/views.ts';
import type { World } from '../state/world.ts';
import { actionOf } from './click-as-person.ts';
import { interactionOf } from './interaction-of.ts';

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
  const blocks = home.content.blocks as readonly Record<string, unknown>[];
  const status = await world.feed.interact({
    type: 'block_actions',
    ...interactionOf(world, user),
    api_app_id: world.directory.workspace.appId,
    container: { type: 'view', view_id: home.id },
    enterprise: null,
    view: toApiView(world, home),
    actions: [actionOf({ ts: home.id, blocks }, press, world.timestamps.next())],
  });
  return { status };
}
