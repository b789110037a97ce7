import type { SlackMessage } from '../slack-message.ts';
import type { World } from '../state/world.ts';
import type { WorkspaceChannel } from '../workspace.ts';
import { refuse } from './slack-refusal.ts';

/** The channel, if the bot may know of it: a private one it is not in does not exist for it. */
export function requireChannel({ directory }: World, id: string): WorkspaceChannel {
  const channel = directory.channel(id);
  if (!channel) return refuse('channel_not_found');
  if (channel.kind !== 'channel' && !isMember(directory.workspace.botUserId, channel)) return refuse('channel_not_found');
  return channel;
}

/** The channel, if the bot may write in it. A user's id stands for the direct conversation with them, as in `chat.postMessage`. */
export function requireWritable(world: World, id: string): WorkspaceChannel {
  const channel = requireChannel(world, directIdOf(world, id));
  if (channel.isArchived) return refuse('is_archived');
  return isMember(world.directory.workspace.botUserId, channel) ? channel : refuse('not_in_channel');
}

const scopeNames: Readonly<Record<WorkspaceChannel['kind'], string>> = { channel: 'channels', group: 'groups', im: 'im', mpim: 'mpim' };

/** The kind of channel decides which scope reading needs. */
export function requireScope(world: World, { kind }: Pick<WorkspaceChannel, 'kind'>, right: 'history' | 'read'): void {
  requireBotScope(world, `${scopeNames[kind]}:${right}`);
}

export function requireBotScope({ botScopes }: World, needed: string): void {
  if (!botScopes.includes(needed)) refuse('missing_scope', { needed, provided: botScopes.join(',') });
}

export function requireMessage({ messages }: World, channel: string, ts: string): SlackMessage {
  const message = messages.get(channel, ts);
  return message && message.subtype !== 'tombstone' ? message : refuse('message_not_found');
}

/** A reply's own `ts` is no thread; that of a message that is gone is none either. */
export function isThread({ messages }: World, channel: string, threadTs: string): boolean {
  const root = messages.get(channel, threadTs);
  return root !== undefined && (root.thread_ts === undefined || root.thread_ts === threadTs);
}

function directIdOf({ directory }: World, id: string): string {
  return directory.user(id) ? directory.openConversation([id]).id : id;
}

function isMember(user: string, { members }: WorkspaceChannel): boolean {
  return members.includes(user);
}
