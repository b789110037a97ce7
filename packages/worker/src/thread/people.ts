import { textLimits } from '@vera/protocol/shorten';
import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
import { plainName } from '../plain-name.ts';

/** Names of people by user id, looked up once an hour at most. */
export interface People {
  /** Never rejects: somebody who cannot be looked up is "someone". */
  name(userId: string): Promise<string>;
  /** What the workspace is called; empty where Slack does not say. Never rejects. */
  teamName(): Promise<string>;
}

const keptMilliseconds = 3_600_000;
const most = 5_000;

export function createPeople(call: SlackCall, now: () => number): People {
  const cache = new Map<string, { readonly name: Promise<string>; readonly until: number }>();
  const kept = (key: string, look: () => Promise<string>, otherwise: string): Promise<string> => {
    const cached = cache.get(key);
    if (cached && cached.until > now()) return cached.name;
    if (cache.size >= most) cache.clear();
    const name = look().catch((error: unknown) => {
      // Who is gone stays unknown; where Slack gave no answer, the next question asks again.
      if (!(error instanceof SlackError) || error.kind !== 'refused') cache.delete(key);
      return otherwise;
    });
    cache.set(key, { name, until: now() + keptMilliseconds });
    return name;
  };
  return {
    name: (userId) => kept(userId, () => lookUp(call, userId), 'someone'),
    teamName: () => kept('', () => lookUpTeam(call), ''),
  };
}

async function lookUpTeam(call: SlackCall): Promise<string> {
  const { team } = await call('auth.test', {}, { repeatable: true, patience: 3_000 });
  return typeof team === 'string' ? oneLine(team) : '';
}

async function lookUp(call: SlackCall, userId: string): Promise<string> {
  // A bot writes under its bot id, which is no user.
  if (!/^[UW]/.test(userId)) return 'a bot';
  const { user } = (await call('users.info', { user: userId }, { repeatable: true, patience: 3_000 })) as { user?: UserInfo };
  return oneLine(user?.profile?.display_name) || oneLine(user?.real_name) || oneLine(user?.name) || 'someone';
}

/** Names stand in the instructions and at the head of what people say. */
function oneLine(name = ''): string {
  return plainName(name, textLimits.name);
}

interface UserInfo {
  readonly name?: string;
  readonly real_name?: string;
  readonly profile?: { readonly display_name?: string };
}
