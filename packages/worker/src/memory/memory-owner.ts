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
export function factsOf(owner: MemoryOwner, place: Place, emptiedAt = 0): string {
  return `${allFactsOf(owner)}${sessionOf(place, emptiedAt)}/`;
}

/**
 * What is said after all was forgotten has a session of its own, and so a namespace: whatever AWS still makes of older words, however it words
 * or dates that, comes to lie where nobody looks. Deleting an event takes back nothing that is made of it
 * (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/short-term-delete-event.html), and no page says what a record's date means.
 */
export function sessionOf(place: Place, emptiedAt: number): string {
  return emptiedAt === 0 ? place : `${place}-${emptiedAt}`;
}

/** Undefined for what we did not name. */
export function readSession(session: string): { readonly place: Place; readonly emptiedAt: number } | undefined {
  const [, name, emptiedAt = '0'] = /^(open|closed)(?:-(\d+))?$/.exec(session) ?? [];
  const place = places.find((one) => one === name);
  return place && { place, emptiedAt: Number(emptiedAt) };
}

export function allFactsOf(owner: MemoryOwner): string {
  return `/facts/${owner}/`;
}

export function standingOf(owner: MemoryOwner): string {
  return `/standing/${owner}/`;
}
