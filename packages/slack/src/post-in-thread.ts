import type { CallPolicy, SlackCall } from './slack-calls.ts';
import { SlackError } from './slack-error.ts';

/**
 * Posts a reply and gives its `ts`. Where the thread's root was deleted meanwhile, Slack says `ok` and posts into the channel itself, in a
 * message without `thread_ts` (https://github.com/slack-go/slack/issues/1571): that one is taken away again, and the call counts as refused.
 */
export async function postInThread(
  call: SlackCall,
  args: Readonly<Record<string, unknown>> & { readonly channel: string; readonly thread_ts: string },
  policy?: CallPolicy,
): Promise<string> {
  const { ts, message } = await call('chat.postMessage', args, policy);
  const posted = message as { readonly thread_ts?: unknown } | undefined;
  if (posted === undefined || posted.thread_ts !== undefined) return String(ts);
  await call('chat.delete', { channel: args.channel, ts }, { repeatable: true }).catch(() => undefined);
  throw new SlackError('refused', 'chat.postMessage', 'thread_not_found');
}
