import { requireChannel } from '../api/require-channel.ts';
import type { MethodCall, SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';
import type { SlackSession } from '../contract.ts';

const longestTitle = 200;

export const agentsSessionsSetStatus: SlackMethod = (call) => {
  const { args, world, warn } = call;
  const { channel, threadTs } = requireSessionPlace(call);
  const initiator = args.text('initiator_user_id');
  if (initiator !== '' && !world.directory.channel(channel)?.members.includes(initiator)) refuse('user_not_found');
  if (args.text('title').length > longestTitle) refuse('invalid_arguments');
  requireCustomize(call);
  if (!world.feed.isSubscribed) warn('missing_agent_session_stopped_event_subscription');
  const status = args.text('status') as SlackSession['status'];
  const session = world.sessions.setStatus(channel, threadTs, status, args.text('title'));
  return { status: session.status, agent_status: session.status, title: session.title ?? '' };
};

export const agentsSessionsRename: SlackMethod = (call) => {
  const { args, world } = call;
  const { channel, threadTs } = requireSessionPlace(call);
  const title = args.text('title');
  if (title.trim() === '' || title.length > longestTitle) refuse('invalid_name');
  if (world.directory.channel(channel)?.isArchived) refuse('is_archived');
  if (!world.sessions.get(channel, threadTs)) refuse('session_not_found');
  return { title: world.sessions.rename(channel, threadTs, title).title ?? title };
};

function requireSessionPlace({ args, world }: MethodCall): { readonly channel: string; readonly threadTs: string } {
  if (!world.agentFeatures) refuse('feature_disabled');
  const channel = requireChannel(world, args.text('channel_id'));
  if (!channel.members.includes(world.directory.workspace.botUserId)) refuse('not_authorized');
  const threadTs = args.text('thread_ts');
  if (threadTs === '') refuse('thread_ts_required');
  return { channel: channel.id, threadTs };
}

function requireCustomize({ args, world: { botScopes } }: MethodCall): void {
  const isCustom = ['username', 'icon_emoji', 'icon_url'].some((name) => args.text(name) !== '');
  if (!isCustom || botScopes.includes('chat:write.customize')) return;
  refuse('missing_scope', { needed: 'chat:write.customize', provided: botScopes.join(',') });
}
