import type { PersonShortcut } from '../contract.ts';
import { toApiMessage } from '../state/message-store.ts';
import type { World } from '../state/world.ts';
import { nameOf } from './command-as-person.ts';
import { interactionOf } from './interaction-of.ts';

/**
 * A person chooses a shortcut in the menu of a message, wherever they can read it: the app need not be there, and Slack sends it once.
 * https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload, with what `@slack/bolt` types besides.
 */
export async function shortcutAsPerson(world: World, given: PersonShortcut): Promise<{ readonly status: number }> {
  const user = world.directory.user(given.user);
  const channel = world.directory.channel(given.channel);
  const hidden = world.ephemerals.get(given.user, given.ts);
  const message = hidden ?? world.messages.get(given.channel, given.ts);
  if (!user || !message || !channel?.members.includes(user.id))
    throw new Error(`no message ${given.ts} in ${given.channel} for ${given.user}`);
  const { teamId, enterpriseId } = world.directory.workspace;
  const common = interactionOf(world, user);
  const ticket = { channel: channel.id, user: user.id, message };
  const status = await world.feed.interact({
    type: 'message_action',
    ...common,
    action_ts: given.actionTs ?? world.timestamps.next(),
    team: { ...common.team, ...(enterpriseId === undefined ? {} : { enterprise_id: enterpriseId }) },
    channel: { id: channel.id, name: nameOf(channel) },
    enterprise: enterpriseId === undefined ? null : { id: enterpriseId, name: enterpriseId },
    callback_id: given.callbackId,
    response_url: `${world.origin()}${world.tickets.issueResponse('app-actions', teamId, ticket)}`,
    message_ts: message.ts,
    message: { ...toApiMessage(message, true), ...(hidden ? { is_ephemeral: true } : {}) },
  });
  return { status };
}
