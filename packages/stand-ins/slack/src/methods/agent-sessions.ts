import { isThread, requireBotScope, requireChannel } from '../api/require-channel.ts';
import type { MethodCall, SlackMethod } from '../api/slack-method.ts';
import { refuse, refuseWith } from '../api/slack-refusal.ts';
import { any, list, object, text } from '../blocks/checks.ts';
import type { SlackPrompts, SlackSession } from '../contract.ts';

const longestTitle = 200;

export const agentsSessionsSetStatus: SlackMethod = (call) => {
  const { args, world, warn } = call;
  const { channel, threadTs } = requireSessionPlace(call);
  // Seen of an app that is not declared as an agent (KiroCrew#9822).
  if (!world.agentView) refuse('not_authorized');
  const initiator = args.text('initiator_user_id');
  if (initiator !== '' && !world.directory.channel(channel)?.members.includes(initiator)) refuse('user_not_found');
  if (args.text('title').length > longestTitle) refuse('invalid_arguments');
  if (['username', 'icon_emoji', 'icon_url'].some((name) => args.text(name) !== '')) requireBotScope(world, 'chat:write.customize');
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

const prompt = object({ title: text(1_000, 1), message: text(10_000, 1) }, { icon: any });

/** Deprecated, gone in February 2027. It bridges to agent sessions: a text makes the session `processing`, none `active`. */
export const assistantThreadsSetStatus: SlackMethod = (call) => {
  const { args, world } = call;
  const { channel, threadTs } = requireAssistantThread(call);
  const problems = args.has('loading_messages') ? list(text(50, 1), 10, 1)(args.json('loading_messages'), '/loading_messages') : [];
  if (problems.length > 0) refuseWith('invalid_arguments', problems);
  world.sessions.showLegacyStatus(channel, threadTs, args.text('status'));
  return {};
};

/** "The given assistant thread": those are in direct messages, so that elsewhere there is none. */
export const assistantThreadsSetTitle: SlackMethod = (call) => {
  const { args, world } = call;
  const { channel, threadTs } = requireAssistantThread(call);
  if (world.directory.channel(channel)?.kind !== 'im') refuse('invalid_thread_ts');
  if (args.text('title').length > longestTitle) refuse('invalid_arguments');
  world.sessions.rename(channel, threadTs, args.text('title'));
  return {};
};

/**
 * "Set up to four suggested prompts"; for an agent's app they belong to its direct messages, and "including [thread_ts] in a call for an
 * agent app will cause the call to silently fail". https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts
 */
export const assistantThreadsSetSuggestedPrompts: SlackMethod = ({ args, world }) => {
  if (!world.agentFeatures) refuse('not_agent_app');
  const channel = requireChannel(world, args.text('channel_id'));
  if (channel.kind !== 'im') refuse('channel_not_found');
  const threadTs = args.optional('thread_ts');
  if (threadTs !== undefined && !isThread(world, channel.id, threadTs)) refuse('invalid_thread_ts');
  const given = args.json('prompts');
  const problems = list(prompt, 4, 1)(given, '/prompts');
  if (problems.length > 0) refuseWith('invalid_arguments', problems);
  if (world.agentView && threadTs !== undefined) return {};
  const title = args.optional('title');
  world.prompts.set(channel.id, threadTs, { ...(title === undefined ? {} : { title }), prompts: given as SlackPrompts['prompts'] });
  return {};
};

function requireAssistantThread({ args, world }: MethodCall): { readonly channel: string; readonly threadTs: string } {
  if (!world.agentFeatures) refuse('no_permission');
  const channel = requireChannel(world, args.text('channel_id'));
  const threadTs = args.text('thread_ts');
  return isThread(world, channel.id, threadTs) ? { channel: channel.id, threadTs } : refuse('invalid_thread_ts');
}
