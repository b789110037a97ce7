import type { SlackEmulator } from '../contract.ts';
import type { InnerEvent } from '../events/envelope.ts';
import { toApiView } from '../methods/views.ts';
import type { SlackMessage } from '../slack-message.ts';
import type { World } from '../state/world.ts';

type Hand<Name extends keyof SlackEmulator> = SlackEmulator[Name] extends (given: infer Given) => unknown ? Given : never;

/** A person opens a tab of the app; beside the messages Slack tells what they have before them. https://docs.slack.dev/reference/events/app_home_opened */
export function openHome(world: World, { user, tab, viewing }: Hand<'openHome'>): void {
  requireUser(world, user);
  const view = world.views.home(user);
  tell(world, {
    type: 'app_home_opened',
    user,
    channel: world.directory.openConversation([user]).id,
    tab,
    event_ts: world.timestamps.next(),
    ...(tab === 'home' && view ? { view: toApiView(world, view) } : {}),
    ...(tab === 'messages' && world.agentView ? { context: contextOf(world, viewing) } : {}),
  });
}

/**
 * A person goes to a channel while the app stands beside it. An agent is told of a list of things, an older assistant of a channel, for the
 * thread it was opened with last. https://docs.slack.dev/reference/events/app_context_changed,
 * https://docs.slack.dev/reference/events/assistant_thread_context_changed
 */
export function lookAt(world: World, { user, channel }: Hand<'lookAt'>): void {
  requireUser(world, user);
  const direct = world.directory.openConversation([user]).id;
  const event_ts = world.timestamps.next();
  if (world.agentView) {
    tell(world, { type: 'app_context_changed', channel: direct, user, context: contextOf(world, channel), event_ts });
    return;
  }
  const root = world.messages.inChannel(direct).findLast(({ subtype }) => subtype === 'assistant_app_thread');
  if (!root) throw new Error(`no assistant thread of ${user}`);
  tell(world, { type: 'assistant_thread_context_changed', assistant_thread: threadOf(world, { user, root, channel }), event_ts });
}

/** A person opens an older assistant: a thread under a message that Slack writes for the app. https://docs.slack.dev/reference/events/assistant_thread_started */
export function openAssistant(world: World, { user, viewing }: Hand<'openAssistant'>): SlackMessage {
  requireUser(world, user);
  if (world.agentView) throw new Error('this app is an agent, which has no assistant threads');
  const { botUserId, botId, teamId } = world.directory.workspace;
  const channel = world.directory.openConversation([user]).id;
  const ts = world.timestamps.next();
  const root: SlackMessage = {
    type: 'message',
    subtype: 'assistant_app_thread',
    channel,
    ts,
    thread_ts: ts,
    user: botUserId,
    bot_id: botId,
    team: teamId,
    text: 'New Assistant Thread',
  };
  world.messages.put(root);
  tell(world, {
    type: 'assistant_thread_started',
    assistant_thread: threadOf(world, { user, root, channel: viewing }),
    event_ts: world.timestamps.next(),
  });
  return root;
}

/** Somebody, the app unless told, is invited into a channel; apps that are in it are told. https://docs.slack.dev/reference/events/member_joined_channel */
export function invite(world: World, { user: inviter, channel: id, invited }: Hand<'invite'>): void {
  const { botUserId, teamId } = world.directory.workspace;
  const user = invited ?? botUserId;
  requireUser(world, user);
  const channel = world.directory.join(id, user);
  if (!channel.members.includes(botUserId)) return;
  const channel_type = channel.kind === 'group' ? 'G' : 'C';
  const event = {
    type: 'member_joined_channel',
    user,
    channel: id,
    channel_type,
    team: teamId,
    inviter,
    event_ts: world.timestamps.next(),
  };
  world.feed.emit(event, channel.isExtShared ?? false);
}

function contextOf({ directory }: World, channel: string | undefined) {
  const entity = { type: 'slack#/types/channel_id', value: channel, team_id: directory.workspace.teamId };
  return { entities: channel === undefined ? [] : [entity] };
}

function threadOf({ directory }: World, { user, root, channel }: { user: string; root: SlackMessage; channel: string | undefined }) {
  const context = channel === undefined ? {} : { channel_id: channel, team_id: directory.workspace.teamId, enterprise_id: null };
  return { user_id: user, context, channel_id: root.channel, thread_ts: root.ts };
}

function tell(world: World, event: InnerEvent): void {
  world.feed.emit(event, false);
}

function requireUser({ directory }: World, user: string): void {
  if (!directory.user(user)) throw new Error(`no user ${user}`);
}
