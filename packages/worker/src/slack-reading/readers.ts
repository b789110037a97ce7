import { ownIdentity } from '@vera/slack/own-identity';
import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
import { isColleague, type SlackUser } from '../thread/colleague.ts';
import { pagesOf, policy, TooManyPagesError } from './pages-of.ts';

/** Who is where, and who is a guest. */
export interface Readers {
  /** The members of a channel at this moment; undefined where that cannot be told. */
  members(channel: string): Promise<ReadonlySet<string> | undefined>;
  /** Of these people, those who do not see every public channel: guests, people of other companies, and whoever nothing is known of. */
  guestsAmong(people: ReadonlySet<string>): Promise<readonly string[]>;
}

/** Whoever becomes a guest is one here so much later. */
const keptMilliseconds = 600_000;

export function createReaders(call: SlackCall, now: () => number): Readers {
  let colleagues: { readonly ids: Promise<ReadonlySet<string>>; readonly until: number } | undefined;
  return {
    async members(channel) {
      const ids = new Set<string>();
      try {
        for await (const { members } of pagesOf((cursor) => call('conversations.members', { channel, limit: 1_000, ...cursor }, policy))) {
          for (const id of Array.isArray(members) ? members : []) ids.add(String(id));
        }
        return ids;
      } catch (error) {
        if (error instanceof TooManyPagesError || (error instanceof SlackError && error.kind === 'refused')) return undefined;
        throw error;
      }
    },
    async guestsAmong(people) {
      if (!colleagues || colleagues.until <= now()) {
        const ids = readColleagues(call);
        colleagues = { ids, until: now() + keptMilliseconds };
        ids.catch(() => {
          colleagues = undefined;
        });
      }
      const known = await colleagues.ids;
      return [...people].filter((id) => !known.has(id));
    },
  };
}

/** In a company with more people than are read, the others count as guests. */
async function readColleagues(call: SlackCall): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const own = await ownIdentity(call);
  try {
    for await (const { members } of pagesOf((cursor) => call('users.list', { limit: 1_000, ...cursor }, policy))) {
      for (const user of (members ?? []) as SlackUser[]) {
        if (user.id !== undefined && isColleague(user, own)) ids.add(user.id);
      }
    }
  } catch (error) {
    if (!(error instanceof TooManyPagesError)) throw error;
  }
  return ids;
}
