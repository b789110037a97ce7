import type { SlackCall } from './slack-calls.ts';
import type { SlackMessage } from './slack-message.ts';

export interface RepliesBounds {
  /** Messages a page; Slack takes at most 1,000. */
  readonly pageSize: number;
  /** After this many pages the newest messages read are what there is. */
  readonly pages: number;
  /** Only messages from this `ts` on, beside the thread's root. */
  readonly oldest?: string;
}

export interface Replies {
  /** Oldest first, the root at the head. */
  readonly messages: readonly SlackMessage[];
  readonly pages: number;
  readonly isComplete: boolean;
}

/** Reads a thread by pages, bounded. Slack hands out the oldest page first, so a longer thread is cut at its new end. */
export async function readReplies(
  call: SlackCall,
  { channel, threadTs }: { readonly channel: string; readonly threadTs: string },
  { pageSize, pages, oldest }: RepliesBounds,
): Promise<Replies> {
  const messages: SlackMessage[] = [];
  let cursor = '';
  for (let page = 1; page <= pages; page += 1) {
    const answer = await call(
      'conversations.replies',
      { channel, ts: threadTs, limit: pageSize, include_all_metadata: true, ...(oldest ? { oldest } : {}), ...(cursor ? { cursor } : {}) },
      { repeatable: true },
    );
    messages.push(...((answer.messages ?? []) as SlackMessage[]));
    cursor = (answer.response_metadata as { next_cursor?: string } | undefined)?.next_cursor ?? '';
    if (!answer.has_more || cursor === '') return { messages, pages: page, isComplete: true };
  }
  return { messages, pages, isComplete: false };
}
