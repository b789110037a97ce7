import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
import { toChannel } from '../slack-reading/channel.ts';

/**
 * The name of a channel that somebody looks at, where Vera could read it for them: a public one that she is in, not shared with another
 * company. Undefined for every other, and where Slack does not say.
 */
export async function viewedChannel(call: SlackCall, id: string): Promise<string | undefined> {
  try {
    const { channel: given } = await call('conversations.info', { channel: id }, { repeatable: true, patience: 3_000 });
    const channel = toChannel(given);
    const isThere = (given as { readonly is_member?: unknown } | undefined)?.is_member === true;
    return isThere && channel?.kind === 'public' && !channel.isShared && channel.name !== '' ? channel.name : undefined;
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return undefined;
  }
}
