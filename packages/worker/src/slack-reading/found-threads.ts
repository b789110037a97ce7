import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
import type { SlackMessage } from '@vera/slack/slack-message';
import { threadOf } from './channel-history.ts';
import { channelInfo } from './find-channel.ts';
import type { MayShow } from './may-show.ts';
import type { Hit } from './search-messages.ts';
import type { FoundThread } from './tell-threads.ts';

export interface FoundParams {
  readonly mayShow: MayShow;
  /** What stands there from then on is not looked at. */
  readonly latest: string;
}

/** So many are read with what was said around them. */
const mostThreads = 5;
const around = 8;

/** What was found, as far as it may be shown, with what was said before and after it; best first. Rejects with `SlackError`. */
export async function foundThreads(call: SlackCall, hits: readonly Hit[], { mayShow, latest }: FoundParams): Promise<FoundThread[]> {
  const ids = [...new Set(hits.map(({ channel }) => channel))];
  const channels = await Promise.all(ids.map((id) => channelInfo(call, id)));
  const shown = await Promise.all(channels.map(async (channel) => (channel && (await mayShow(channel)) === 'yes' ? [channel] : [])));
  const places = new Map(shown.flat().map((channel) => [channel.id, channel]));
  const allowed = hits.filter(({ channel }) => places.has(channel));
  // Of several in one thread the best stands for all.
  const best = allowed.filter((hit, index) => allowed.findIndex((other) => isSameThread(hit, other)) === index);
  const threads = await Promise.all(
    best.map(async (hit, index) => ({
      channel: hit.channel,
      hit: hit.message.ts,
      messages: index < mostThreads ? await withWords(call, hit, latest) : [hit.message],
    })),
  );
  return threads.flatMap((thread) => {
    const place = places.get(thread.channel);
    return place ? [{ ...thread, place }] : [];
  });
}

function isSameThread(one: Hit, other: Hit): boolean {
  return one.channel === other.channel && one.threadTs === other.threadTs;
}

/** Only where Vera is in the channel; elsewhere what Slack found has to do. */
async function withWords(call: SlackCall, { channel, threadTs, message }: Hit, latest: string): Promise<readonly SlackMessage[]> {
  try {
    const { messages } = await threadOf(call, channel, threadTs, latest);
    const at = messages.findIndex(({ ts }) => ts === message.ts);
    if (at === -1) return [message];
    const [root, ...replies] = messages;
    return [...(root ? [root] : []), ...replies.slice(Math.max(0, at - 1 - around), at + around)];
  } catch (error) {
    if (error instanceof SlackError && error.kind === 'refused') return [message];
    throw error;
  }
}
