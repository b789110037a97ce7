import { type OwnIdentity, ownIdentity } from '@vera/slack/own-identity';
import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
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

interface User {
  readonly id?: string;
  readonly deleted?: boolean;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly team_id?: string;
  readonly enterprise_user?: { readonly enterprise_id?: string };
}

/** https://docs.slack.dev/reference/objects/user-object. In a company with more people than are read, the others count as guests. */
async function readColleagues(call: SlackCall): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const own = await ownIdentity(call);
  try {
    for await (const { members } of pagesOf((cursor) => call('users.list', { limit: 1_000, ...cursor }, policy))) {
      for (const user of (members ?? []) as User[]) {
        if (user.id !== undefined && !user.deleted && !user.is_restricted && !user.is_ultra_restricted && isOfUs(user, own))
          ids.add(user.id);
      }
    }
  } catch (error) {
    if (!(error instanceof TooManyPagesError)) throw error;
  }
  return ids;
}

/** Slack calls nobody a stranger whom the app meets in a shared channel: only their workspace, or their organisation, tells. */
function isOfUs({ team_id, enterprise_user }: User, own: OwnIdentity): boolean {
  if (team_id !== undefined && team_id === own.team_id) return true;
  return own.enterprise_id !== undefined && enterprise_user?.enterprise_id === own.enterprise_id;
}
