import { announceReaction } from '../events/announce.ts';
import { withReaction } from '../methods/reactions.ts';
import type { World } from '../state/world.ts';

/** A person puts an emoji on a message; twice is once, as a second click takes it away again. */
export function reactAsPerson(
  world: World,
  { user, channel, ts, name }: { user: string; channel: string; ts: string; name: string },
): void {
  const message = world.messages.get(channel, ts);
  if (!message) throw new Error(`no message ${ts} in ${channel}`);
  if (message.reactions?.some((known) => known.name === name && known.users.includes(user))) throw new Error(`${user} reacted so already`);
  world.messages.put(withReaction(message, name, user));
  announceReaction(world, message, { name, user });
}
