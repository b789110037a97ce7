import { requireChannel } from '../api/require-channel.ts';
import type { MethodCall, SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';
import type { WorkspaceChannel } from '../contract.ts';
import { isDirect } from '../state/directory.ts';
import { toApiChannel } from './conversations-info.ts';

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
  const needed = users.length === 1 ? 'im:write' : 'mpim:write';
  if (!world.botScopes.includes(needed)) refuse('missing_scope', { needed, provided: world.botScopes.join(',') });
  return users;
}

function answerOf({ args, world }: MethodCall, channel: WorkspaceChannel, wasOpen: boolean): Record<string, unknown> {
  const shown = args.flag('return_im') ? toApiChannel(world, channel) : { id: channel.id };
  return { ...(wasOpen ? { no_op: true, already_open: true } : {}), channel: shown };
}
