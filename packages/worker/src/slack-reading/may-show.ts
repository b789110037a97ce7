import type { Question } from '@vera/protocol/question';
import type { Channel } from './channel.ts';
import type { Readers } from './readers.ts';

/**
 * Whether what stands in a channel may be shown where a question was asked. `elsewhere`: the asker may read it, not everybody there; `no`
 * also where it cannot be told.
 */
export type MayShow = (channel: Channel) => Promise<'yes' | 'elsewhere' | 'no'>;

type Place = Pick<Question, 'channelId' | 'userId' | 'isDirect'>;

/**
 * Shown is what the asker and everybody who reads their thread may read in Slack anyway: this very conversation; public channels, as far as
 * guests among the readers are in them; private channels only in a direct message, where the asker alone reads, and only theirs. Never the
 * direct messages of others. All of it as it is at this moment.
 */
export function mayShowIn(place: Place, readers: Readers): MayShow {
  let guests: Promise<readonly string[] | undefined> | undefined;
  return async ({ id, kind }) => {
    if (id === place.channelId) return 'yes';
    if (kind === 'direct') return 'no';
    if (kind === 'private') return privateIn(place, await readers.members(id));
    guests ??= guestsIn(place, readers);
    const limited = await guests;
    if (limited === undefined) return 'no';
    if (limited.length === 0) return 'yes';
    return areAllIn(limited, await readers.members(id)) ? 'yes' : 'no';
  };
}

function privateIn({ userId, isDirect }: Place, members: ReadonlySet<string> | undefined): 'yes' | 'elsewhere' | 'no' {
  if (!members?.has(userId)) return 'no';
  return isDirect ? 'yes' : 'elsewhere';
}

function areAllIn(people: readonly string[], members: ReadonlySet<string> | undefined): boolean {
  return members !== undefined && people.every((id) => members.has(id));
}

/** Undefined where it cannot be told who reads there. */
async function guestsIn({ channelId, userId, isDirect }: Place, readers: Readers): Promise<readonly string[] | undefined> {
  const people = isDirect ? new Set([userId]) : await readers.members(channelId);
  return people && readers.guestsAmong(people);
}
