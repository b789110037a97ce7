import type { Person } from '@vera/accounts/portal-ticket';

/** Where something was said: `open` in a public channel that is not shared with another company; `closed` anywhere else. */
export type Place = 'open' | 'closed';

export const places: readonly Place[] = ['open', 'closed'];

/** Whose memory it is, as AgentCore calls them. Made by `ownerOf` only, so that no other text ever becomes part of a namespace. */
export type MemoryOwner = `slack-${string}` & { readonly owner: unique symbol };

const teamPattern = /^[TE][A-Z0-9]{1,30}$/;
const userPattern = /^[UW][A-Z0-9]{1,30}$/;

/** Undefined for whoever has no ids of Slack's own form: they have no memory, rather than somebody else's. */
export function ownerOf({ teamId, userId }: Person): MemoryOwner | undefined {
  if (!teamPattern.test(teamId) || !userPattern.test(userId)) return undefined;
  return `slack-${teamId}-${userId}` as MemoryOwner;
}

/**
 * The slash at the end keeps people apart: AgentCore takes a namespace for the beginning of one, so that without it the memories of `U1` are
 * those of `U12`, too. The strategy of `stacks/storage/memory.ts` makes the same names of actor and session.
 */
export function factsOf(owner: MemoryOwner, place: Place): string {
  return `${allFactsOf(owner)}${place}/`;
}

export function allFactsOf(owner: MemoryOwner): string {
  return `/facts/${owner}/`;
}

export function standingOf(owner: MemoryOwner): string {
  return `/standing/${owner}/`;
}
