import { requireChannel, requireMessage } from '../api/require-channel.ts';
import type { MethodCall, SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';
import { announceReaction } from '../events/announce.ts';
import type { SlackMessage } from '../slack-message.ts';
import { microsecondsOf } from '../state/timestamp.ts';

const mostOfOnePerson = 23;
const mostEmoji = 50;

type Reactions = NonNullable<SlackMessage['reactions']>;

export const reactionsAdd: SlackMethod = (call) => {
  const { message, name } = requireTarget(call);
  const { world } = call;
  if (world.directory.channel(message.channel)?.isArchived) refuse('is_archived');
  const bot = world.directory.workspace.botUserId;
  const reactions = message.reactions ?? [];
  const known = reactions.find((reaction) => reaction.name === name);
  if (known?.users.includes(bot)) refuse('already_reacted');
  if (!known && reactions.length >= mostEmoji) refuse('too_many_emoji');
  if (reactions.filter(({ users }) => users.includes(bot)).length >= mostOfOnePerson) refuse('too_many_reactions');
  world.messages.put(withReaction(message, name, bot));
  // An app is told of its own, too.
  announceReaction(world, message, { name, user: bot });
  return {};
};

/** The message with one more reaction of somebody who has not reacted so. */
export function withReaction(message: SlackMessage, name: string, user: string): SlackMessage {
  const reactions = message.reactions ?? [];
  const users = reactions.find((reaction) => reaction.name === name)?.users ?? [];
  return { ...message, reactions: withUsers(reactions, name, [...users, user]) };
}

export const reactionsRemove: SlackMethod = (call) => {
  const { message, name } = requireTarget(call);
  const { world } = call;
  const bot = world.directory.workspace.botUserId;
  const known = message.reactions?.find((reaction) => reaction.name === name);
  if (!known?.users.includes(bot)) return refuse('no_reaction');
  const left = withUsers(
    message.reactions ?? [],
    name,
    known.users.filter((user) => user !== bot),
  );
  const { reactions: _reactions, ...rest } = message;
  world.messages.put(left.length === 0 ? rest : { ...rest, reactions: left });
  return {};
};

function requireTarget({ args, world }: MethodCall): { readonly message: SlackMessage; readonly name: string } {
  const name = args.text('name').replace(/^:|:$/g, '');
  if (!/^[a-z0-9_+'-]+(?:::skin-tone-[2-6])?$/.test(name)) refuse('invalid_name');
  if (args.text('channel') === '' || args.text('timestamp') === '') refuse('no_item_specified');
  const channel = requireChannel(world, args.text('channel'));
  if (!channel.members.includes(world.directory.workspace.botUserId)) refuse('no_access');
  if (microsecondsOf(args.text('timestamp')) === undefined) refuse('bad_timestamp');
  return { message: requireMessage(world, channel.id, args.text('timestamp')), name };
}

/** Reactions keep the order in which their emoji came; one nobody has left goes. */
function withUsers(reactions: Reactions, name: string, users: readonly string[]): Reactions {
  const next = { name, users, count: users.length };
  const isKnown = reactions.some((reaction) => reaction.name === name);
  const all = isKnown ? reactions.map((reaction) => (reaction.name === name ? next : reaction)) : [...reactions, next];
  return all.filter(({ count }) => count > 0);
}
