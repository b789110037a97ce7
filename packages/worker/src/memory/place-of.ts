import type { Question } from '@vera/protocol/question';
import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
import { toChannel } from '../slack-reading/channel.ts';
import type { Place } from './memory-owner.ts';

/** What a question's place means for memory: where what is said there belongs, and whose places may be spoken of there. */
export interface MemoryPlace {
  readonly learned: Place;
  readonly recalled: readonly Place[];
}

export type PlaceOf = (question: Pick<Question, 'channelId' | 'isDirect' | 'isExternal'>) => Promise<MemoryPlace>;

const direct: MemoryPlace = { learned: 'closed', recalled: ['open', 'closed'] };
const publicChannel: MemoryPlace = { learned: 'open', recalled: ['open'] };
const privateChannel: MemoryPlace = { learned: 'closed', recalled: ['open'] };
/** Shared with another company, or nothing is known of it. */
const anywhereElse: MemoryPlace = { learned: 'closed', recalled: [] };

/** A channel that becomes private, or shared, is so here so much later. */
const keptMilliseconds = 60_000;
const mostKept = 1_000;

/** By what Slack says of the channel, not by its id: one that begins with C may be private. Never rejects. */
export function createPlaceOf(call: SlackCall, now: () => number): PlaceOf {
  const kept = new Map<string, { readonly place: Promise<MemoryPlace>; readonly until: number }>();
  return async ({ channelId, isDirect, isExternal }) => {
    if (isExternal) return anywhereElse;
    if (isDirect) return direct;
    const known = kept.get(channelId);
    if (known && known.until > now()) return known.place;
    if (kept.size >= mostKept) kept.clear();
    const place = lookUp(call, channelId).catch((error: unknown) => {
      kept.delete(channelId);
      if (!(error instanceof SlackError)) throw error;
      return anywhereElse;
    });
    kept.set(channelId, { place, until: now() + keptMilliseconds });
    return place;
  };
}

async function lookUp(call: SlackCall, channel: string): Promise<MemoryPlace> {
  const answer = await call('conversations.info', { channel }, { repeatable: true, patience: 1_000 });
  const known = toChannel(answer.channel);
  if (!known || known.id !== channel || known.isShared) return anywhereElse;
  return known.kind === 'public' ? publicChannel : privateChannel;
}
