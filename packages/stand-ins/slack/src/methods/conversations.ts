import { requireBotScope, requireChannel, requireScope } from '../api/require-channel.ts';
import type { MethodCall, SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';
import { isDirect } from '../state/directory.ts';
import type { World } from '../state/world.ts';
import type { WorkspaceChannel } from '../workspace.ts';
import { pageAtCursor } from './page-at-cursor.ts';

export const conversationsInfo: SlackMethod = ({ args, world }) => {
  const channel = requireChannel(world, args.text('channel'));
  requireScope(world, channel, 'read');
  const count = args.flag('include_num_members') ? { num_members: channel.members.length } : {};
  return { channel: { ...toApiChannel(world, channel), ...count } };
};

function toApiChannel(
  { directory }: World,
  { id, kind, name, members, topic, isExtShared, isArchived }: WorkspaceChannel,
): Record<string, unknown> {
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

const usualPage = 100;
const mostPerPage = 1_000;

export const conversationsMembers: SlackMethod = ({ args, world }) => {
  const channel = requireChannel(world, args.text('channel'));
  requireScope(world, channel, 'read');
  const limit = args.number('limit') ?? usualPage;
  if (!Number.isInteger(limit) || limit < 1 || limit > mostPerPage) refuse('invalid_limit');
  const { page, response_metadata } = pageAtCursor(channel.members, { args, limit, nameOf: (id) => `{user_id: ${id}}` });
  return { members: page, response_metadata };
};

const kindOfType: Readonly<Record<string, WorkspaceChannel['kind']>> = {
  public_channel: 'channel',
  private_channel: 'group',
  im: 'im',
  mpim: 'mpim',
};
const mostListed = 999;

/** Where the bot is a member, or `user` is: then of what is not public only what both are in. */
export const usersConversations: SlackMethod = ({ args, world }) => {
  const { botUserId, channels } = world.directory.workspace;
  const types = args.has('types') ? args.words('types') : ['public_channel'];
  const kinds = types.map((type) => kindOfType[type] ?? refuse('invalid_types'));
  for (const kind of kinds) requireScope(world, { kind }, 'read');
  const limit = args.number('limit') ?? usualPage;
  if (!Number.isInteger(limit) || limit < 1 || limit > mostListed) refuse('invalid_limit');
  const user = args.text('user') || botUserId;
  const found = channels
    .filter(({ kind, members }) => kinds.includes(kind) && members.includes(user) && (kind === 'channel' || members.includes(botUserId)))
    .filter(({ isArchived }) => !(isArchived && args.flag('exclude_archived')));
  const { page, response_metadata } = pageAtCursor(found, { args, limit, nameOf: ({ id }) => `team:${id}` });
  return { channels: page.map((channel) => listed(toApiChannel(world, channel))), response_metadata };
};

/** "Note how `num_members` and `is_member` are not returned": https://docs.slack.dev/reference/methods/users.conversations */
function listed({ is_member: _, ...channel }: Record<string, unknown>): Record<string, unknown> {
  return channel;
}

const mostUsers = 8;

export const conversationsOpen: SlackMethod = (call) => {
  const { args, world } = call;
  if (args.text('channel') !== '') {
    const channel = requireChannel(world, args.text('channel'));
    if (!isDirect(channel)) refuse('method_not_supported_for_channel_type');
    return answerOf(call, channel, true);
  }
  const users = readUsers(call);
  const known = world.directory.conversationOf(users);
  if (!known && args.flag('prevent_creation')) refuse('channel_not_found');
  return answerOf(call, known ?? world.directory.openConversation(users), known !== undefined);
};

function readUsers({ args, world }: MethodCall): string[] {
  const users = [...new Set(args.text('users').split(/[\s,]+/))].filter((id) => id !== '');
  if (users.length === 0) refuse(args.has('users') ? 'not_enough_users' : 'users_list_not_supplied');
  if (users.length > mostUsers) refuse('too_many_users');
  if (users.some((id) => !world.directory.user(id))) refuse('user_not_found');
  requireBotScope(world, users.length === 1 ? 'im:write' : 'mpim:write');
  return users;
}

function answerOf({ args, world }: MethodCall, channel: WorkspaceChannel, wasOpen: boolean): Record<string, unknown> {
  const shown = args.flag('return_im') ? toApiChannel(world, channel) : { id: channel.id };
  return { ...(wasOpen ? { no_op: true, already_open: true } : {}), channel: shown };
}
