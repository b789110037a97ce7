import { textLimits } from '@vera/protocol/shorten';
import { ownIdentity } from '@vera/slack/own-identity';
import type { SlackCall } from '@vera/slack/slack-calls';
import { isRefusedWith } from '@vera/slack/slack-error';
import { plainName } from '../plain-name.ts';
import { isColleague, isGuest, isOfUs, type SlackUser } from './colleague.ts';

/** People by user id, looked up once an hour at most for their names. */
export interface People {
  /** Never rejects: somebody who cannot be looked up is "someone". */
  name(userId: string): Promise<string>;
  /** What the workspace is called; empty where Slack does not say. Never rejects. */
  teamName(): Promise<string>;
  /**
   * Whether somebody is of this company and no guest; whoever Slack does not know is none. Rejects where Slack gives no answer: neither a
   * colleague is turned away for that, nor is anybody let in.
   */
  isColleague(userId: string): Promise<boolean>;
  /** Whether somebody is a guest of this workspace. Never rejects: where Slack gives no answer they are not called one. */
  isGuest(userId: string): Promise<boolean>;
}

/** In milliseconds. Whoever becomes a guest, or leaves, is no colleague here so much later. */
const kept = { name: 3_600_000, standing: 600_000 };
const most = 5_000;

export function createPeople(call: SlackCall, now: () => number): People {
  const cache = new Map<string, { readonly user: Promise<SlackUser | undefined>; readonly at: number }>();
  const look = (userId: string, longest: number) => {
    const known = cache.get(userId);
    if (known && now() < known.at + longest) return known.user;
    if (cache.size >= most) cache.clear();
    const user = lookUp(call, userId).catch((error: unknown) => {
      // Where Slack gave no answer, the next question asks again.
      cache.delete(userId);
      throw error;
    });
    cache.set(userId, { user, at: now() });
    return user;
  };
  return {
    // A bot writes under its bot id, which is no user.
    name: async (userId) => (isUserId(userId) ? look(userId, kept.name).then(nameOf, () => 'someone') : 'a bot'),
    teamName: () => ownIdentity(call).then(({ team }) => oneLine(team), noName),
    async isColleague(userId) {
      if (!isUserId(userId)) return false;
      const [user, own] = await Promise.all([look(userId, kept.standing), ownIdentity(call)]);
      return user !== undefined && isColleague(user, own);
    },
    async isGuest(userId) {
      if (!isUserId(userId)) return false;
      const [user, own] = await Promise.all([look(userId, kept.standing), ownIdentity(call)]).catch(() => []);
      return user !== undefined && own !== undefined && isGuest(user) && isOfUs(user, own);
    },
  };
}

function isUserId(id: string): boolean {
  return /^[UW]/.test(id);
}

const unknown = new Set(['user_not_found', 'user_not_visible']);

/** Undefined: nobody whom we may see has this id. */
async function lookUp(call: SlackCall, userId: string): Promise<SlackUser | undefined> {
  try {
    const { user } = (await call('users.info', { user: userId }, { repeatable: true, patience: 5_000 })) as { user?: SlackUser };
    return user;
  } catch (error) {
    if (isRefusedWith(error, unknown)) return undefined;
    throw error;
  }
}

function nameOf(user: SlackUser | undefined): string {
  return oneLine(user?.profile?.display_name) || oneLine(user?.real_name) || oneLine(user?.name) || 'someone';
}

/** Names stand in the instructions and at the head of what people say. */
function oneLine(name: unknown): string {
  return typeof name === 'string' ? plainName(name, textLimits.name) : '';
}

const noName = () => '';
