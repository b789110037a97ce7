import { requireChannel, requireScope } from '../api/require-channel.ts';
import type { SlackMethod } from '../api/slack-method.ts';
import { refuse, refuseWith } from '../api/slack-refusal.ts';
import type { SlackMessage } from '../contract.ts';
import { toApiMessage } from '../state/api-message.ts';
import { isReply } from '../state/message-store.ts';
import { pageOf, readCursor } from '../state/paging.ts';
import { microsecondsOf } from '../state/timestamp.ts';
import type { World } from '../state/world.ts';
import { readPeriod } from './read-period.ts';

const mostPerPage = 1_000;

/** The root heads the first page, whatever the period. */
export const conversationsReplies: SlackMethod = ({ args, world }) => {
  const channel = requireChannel(world, args.text('channel'));
  requireScope(world, channel, 'history');
  if (!channel.members.includes(world.directory.workspace.botUserId)) refuse('channel_not_found');
  const limit = args.number('limit') ?? mostPerPage;
  if (!Number.isInteger(limit) || limit < 1 || limit > mostPerPage) {
    refuseWith('invalid_arguments', [`must be an integer from 1 to ${mostPerPage} [json-pointer:/limit]`]);
  }
  const [root, ...replies] = threadOf(world, channel.id, args.text('ts'));
  const isInPeriod = readPeriod(args);
  const cursor = args.text('cursor');
  const from = cursor === '' ? 0 : (readCursor(cursor) ?? refuse('invalid_cursor'));
  const wanted = replies.filter((message) => isInPeriod(message) && (microsecondsOf(message.ts) ?? 0) >= from);
  const { items, nextCursor } = pageOf(cursor === '' && root ? [root, ...wanted] : wanted, limit);
  return {
    messages: items.map((message) => ({
      ...toApiMessage(message, args.flag('include_all_metadata')),
      ...(message === root && message.reply_count ? { subscribed: true } : {}),
    })),
    has_more: nextCursor !== '',
    ...(nextCursor === '' ? {} : { response_metadata: { next_cursor: nextCursor } }),
  };
};

/** The `ts` of a reply gives that reply alone. */
function threadOf({ messages }: World, channel: string, ts: string): readonly SlackMessage[] {
  const asked = messages.get(channel, ts) ?? refuse('thread_not_found');
  return isReply(asked) ? [asked] : messages.inThread(channel, ts);
}
