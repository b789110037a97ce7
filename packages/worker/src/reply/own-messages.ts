import { readReplies } from '@vera/slack/read-replies';
import type { SlackCall } from '@vera/slack/slack-calls';
import type { SlackMessage } from '@vera/slack/slack-message';

export interface OwnMessagesParams {
  readonly call: SlackCall;
  readonly target: { readonly channel: string; readonly threadTs: string };
  /** `ts` of the question; what Vera wrote for it is newer. */
  readonly messageTs: string;
  readonly botUserId: string;
}

/** What Vera wrote in the thread since a question. */
export async function ownMessages({ call, target, messageTs, botUserId }: OwnMessagesParams): Promise<readonly SlackMessage[]> {
  const place = { channel: target.channel, threadTs: target.threadTs };
  const { messages } = await readReplies(call, place, { pageSize: 200, pages: 5, oldest: messageTs });
  return messages.filter((message) => message.user === botUserId && message.ts > messageTs);
}
