import { requireChannel, requireScope } from '../api/require-channel.ts';
import type { SlackMethod } from '../api/slack-method.ts';
import type { WorkspaceChannel } from '../contract.ts';
import type { World } from '../state/world.ts';

export const conversationsInfo: SlackMethod = ({ args, world }) => {
  const channel = requireChannel(world, args.text('channel'));
  requireScope(world, channel, 'read');
  const count = args.flag('include_num_members') ? { num_members: channel.members.length } : {};
  return { channel: { ...toApiChannel(world, channel), ...count } };
};

export function toApiChannel({ directory }: World, { id, kind, name, members, topic, isExtShared, isArchived }: WorkspaceChannel) {
  const { botUserId, teamId } = directory.workspace;
  const known = { id, created: 1_654_868_334, is_im: kind === 'im', is_org_shared: false, context_team_id: teamId };
  if (kind === 'im') return { ...known, user: members.find((member) => member !== botUserId), is_user_deleted: false, is_open: true };
  return {
    ...known,
    name,
    name_normalized: name,
    is_channel: kind === 'channel',
    is_group: kind === 'group',
    is_mpim: kind === 'mpim',
    is_private: kind !== 'channel',
    is_archived: isArchived ?? false,
    is_general: false,
    is_member: members.includes(botUserId),
    is_shared: isExtShared ?? false,
    is_ext_shared: isExtShared ?? false,
    creator: members[0] ?? '',
    topic: { value: topic ?? '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}
