import { readReplies } from '@vera/slack/read-replies';
import type { SlackCall } from '@vera/slack/slack-calls';
import type { SlackMessage } from '@vera/slack/slack-message';
import { isSaid } from '../thread/conversation.ts';
import { policy } from './pages-of.ts';
import type { Period } from './period.ts';

/** What was said under one message of a channel, that message first. */
export interface Thread {
  readonly channel: string;
  readonly messages: readonly SlackMessage[];
}

export interface History {
  /** Newest first. */
  readonly threads: readonly Thread[];
  readonly isWhole: boolean;
}

const bounds = { pageSize: 100, pages: 2 };
/** Slack lets an app ask fifty times a minute, and others ask, too. */
const mostThreads = 10;
const replyBounds = { pageSize: 100, pages: 1 };

/** The newest messages of a channel within a period, with the replies to those that have any. Rejects with `SlackError`. */
export async function channelHistory(call: SlackCall, channel: string, { oldest, latest }: Period): Promise<History> {
  const roots: SlackMessage[] = [];
  let cursor = '';
  for (let page = 1; page <= bounds.pages; page += 1) {
    const answer = await call(
      'conversations.history',
      { channel, limit: bounds.pageSize, latest, include_all_metadata: true, ...(oldest ? { oldest } : {}), ...(cursor ? { cursor } : {}) },
      policy,
    );
    roots.push(...((answer.messages ?? []) as SlackMessage[]));
    cursor = (answer.response_metadata as { next_cursor?: string } | undefined)?.next_cursor ?? '';
    if (!answer.has_more || cursor === '') break;
  }
  const discussed = roots.filter(({ reply_count = 0 }) => reply_count > 0);
  const answered = new Set(discussed.slice(0, mostThreads));
  const threads = await Promise.all(
    roots.map(async (root) =>
      answered.has(root) ? threadOf(call, channel, root.ts, latest) : { channel, messages: [root].filter(isSaid) },
    ),
  );
  return { threads: threads.filter(({ messages }) => messages.length > 0), isWhole: cursor === '' && discussed.length <= mostThreads };
}

/** What stands in a thread before `latest`. Rejects with `SlackError`. */
export async function threadOf(call: SlackCall, channel: string, threadTs: string, latest: string): Promise<Thread> {
  const { messages } = await readReplies(call, { channel, threadTs }, replyBounds);
  return { channel, messages: messages.filter((message) => isSaid(message) && Number(message.ts) < Number(latest)) };
}
