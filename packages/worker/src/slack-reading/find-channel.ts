import type { SlackCall } from '@vera/slack/slack-calls';
import { isRefusedWith } from '@vera/slack/slack-error';
import { type Channel, toChannel } from './channel.ts';
import { pagesOf, policy } from './pages-of.ts';

const unknown = new Set(['channel_not_found', 'method_not_supported_for_channel_type']);

/** A channel by its id, by a link to it, or by its name, as people and models write them; by name only where Vera is in it. */
export async function findChannel(call: SlackCall, named: string): Promise<Channel | undefined> {
  const id = idIn(named);
  return id === undefined ? byName(call, named) : channelInfo(call, id);
}

/** Undefined for what Vera may not know of. */
export async function channelInfo(call: SlackCall, id: string): Promise<Channel | undefined> {
  try {
    return toChannel((await call('conversations.info', { channel: id }, policy)).channel);
  } catch (error) {
    if (isRefusedWith(error, unknown)) return undefined;
    throw error;
  }
}

/** `<#C1|name>`, `https://….slack.com/archives/C1`, `C1`: ids have capital letters, which names never have. */
function idIn(named: string): string | undefined {
  return /^(?:<#|https:\/\/[^\s/]+\/archives\/)?([CDG][A-Z0-9]{2,20})(?:$|[|>/?])/.exec(named.trim())?.[1];
}

async function byName(call: SlackCall, named: string): Promise<Channel | undefined> {
  const name = named.trim().replace(/^#/, '').toLowerCase();
  const types = 'public_channel,private_channel';
  for await (const { channels } of pagesOf((cursor) => call('users.conversations', { types, limit: 500, ...cursor }, policy))) {
    const found = (Array.isArray(channels) ? channels : []).map(toChannel).find((channel) => channel?.name.toLowerCase() === name);
    if (found) return found;
  }
  return undefined;
}
