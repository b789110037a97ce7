import type { WorkspaceChannel, WorkspaceUser } from '../contract.ts';
import type { World } from '../state/world.ts';

/** Throws where Slack's own clients would not let a person write. */
export function requireMember({ directory }: World, userId: string, channelId: string) {
  const user: WorkspaceUser | undefined = directory.user(userId);
  const channel: WorkspaceChannel | undefined = directory.channel(channelId);
  if (!user) throw new Error(`no user ${userId}`);
  if (!channel) throw new Error(`no channel ${channelId}`);
  if (!channel.members.includes(userId)) throw new Error(`${userId} is not in ${channelId}`);
  if (channel.isArchived) throw new Error(`${channelId} is archived`);
  return { user, channel };
}
