import { requireChannel, requireScope } from '../api/require-channel.ts';
import type { SlackMethod } from '../api/slack-method.ts';
import { refuse, refuseWith } from '../api/slack-refusal.ts';
import { toApiMessage } from '../state/api-message.ts';
import { isReply } from '../state/message-store.ts';
import { pageOf, readCursor } from '../state/paging.ts';
import { microsecondsOf } from '../state/timestamp.ts';
import { readPeriod } from './read-period.ts';

const usualPage = 100;
const mostPerPage = 1_000;

/** Newest first; of threads only the roots and what was also sent to the channel. */
export const conversationsHistory: SlackMethod = ({ args, world }) => {
  const channel = requireChannel(world, args.text('channel'));
  requireScope(world, channel, 'history');
  if (!channel.members.includes(world.directory.workspace.botUserId)) refuse('not_in_channel');
  const limit = args.number('limit') ?? usualPage;
  if (!Number.isInteger(limit) || limit < 1 || limit > mostPerPage) {
    refuseWith('invalid_arguments', [`must be an integer from 1 to ${mostPerPage} [json-pointer:/limit]`]);
  }
  const isInPeriod = readPeriod(args);
  const cursor = args.text('cursor');
  const from = cursor === '' ? Number.POSITIVE_INFINITY : (readCursor(cursor) ?? refuse('invalid_cursor'));
  const wanted = world.messages
    .inChannel(channel.id)
    .filter((message) => !isReply(message) || message.subtype === 'thread_broadcast')
    .filter((message) => isInPeriod(message) && (microsecondsOf(message.ts) ?? 0) <= from)
    .toReversed();
  const { items, nextCursor } = pageOf(wanted, limit);
  return {
    messages: items.map((message) => toApiMessage(message, args.flag('include_all_metadata'))),
    has_more: nextCursor !== '',
    pin_count: 0,
    channel_actions_ts: null,
    channel_actions_count: 0,
    ...(nextCursor === '' ? {} : { response_metadata: { next_cursor: nextCursor } }),
  };
};
