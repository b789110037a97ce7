import type { Arguments } from '../api/arguments.ts';
import { requireChannel, requireScope } from '../api/require-channel.ts';
import type { SlackMethod } from '../api/slack-method.ts';
import { refuse, refuseWith } from '../api/slack-refusal.ts';
import type { SlackMessage } from '../slack-message.ts';
import { isReply, toApiMessage } from '../state/message-store.ts';
import { microsecondsOf } from '../state/timestamp.ts';
import type { World } from '../state/world.ts';

const usualPage = 100;
const mostPerPage = 1_000;

/** Newest first; of threads only the roots and what was also sent to the channel. */
export const conversationsHistory: SlackMethod = ({ args, world }) => {
  const channel = requireChannel(world, args.text('channel'));
  requireScope(world, channel, 'history');
  if (!channel.members.includes(world.directory.workspace.botUserId)) refuse('not_in_channel');
  const limit = readLimit(args, usualPage);
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

/** The root heads the first page, whatever the period. */
export const conversationsReplies: SlackMethod = ({ args, world }) => {
  const channel = requireChannel(world, args.text('channel'));
  requireScope(world, channel, 'history');
  if (!channel.members.includes(world.directory.workspace.botUserId)) refuse('channel_not_found');
  const limit = readLimit(args, mostPerPage);
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

function readLimit(args: Arguments, usual: number): number {
  const limit = args.number('limit') ?? usual;
  if (Number.isInteger(limit) && limit >= 1 && limit <= mostPerPage) return limit;
  return refuseWith('invalid_arguments', [`must be an integer from 1 to ${mostPerPage} [json-pointer:/limit]`]);
}

/** Says which messages lie between `oldest` and `latest`, the ends themselves only when `inclusive`. */
function readPeriod(args: Arguments): (message: SlackMessage) => boolean {
  const oldest = endOf(args.text('oldest'), 'invalid_ts_oldest') ?? 0;
  const latest = endOf(args.text('latest'), 'invalid_ts_latest') ?? Number.POSITIVE_INFINITY;
  const inclusive = args.flag('inclusive');
  return ({ ts }) => {
    const at = microsecondsOf(ts) ?? 0;
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  };
}

function endOf(ts: string, invalid: string): number | undefined {
  if (ts === '' || ts === 'now') return undefined;
  return microsecondsOf(ts) ?? refuse(invalid);
}

/** One page and where the next begins. */
interface Page<Item> {
  readonly items: readonly Item[];
  /** Empty on the last page. */
  readonly nextCursor: string;
}

const prefix = 'next_ts:';

/** Cursors name the `ts` the next page begins with, in base64, as Slack's do. */
function cursorOf(ts: string): string {
  return Buffer.from(`${prefix}${microsecondsOf(ts) ?? 0}`).toString('base64');
}

/** Microseconds; undefined for what is no cursor. */
function readCursor(cursor: string): number | undefined {
  const text = Buffer.from(cursor, 'base64').toString();
  const digits = text.startsWith(prefix) ? text.slice(prefix.length) : '';
  return /^\d{1,16}$/.test(digits) ? Number(digits) : undefined;
}

/** Cuts a page off the head of items that are in order. */
function pageOf<Item extends { readonly ts: string }>(items: readonly Item[], limit: number): Page<Item> {
  const next = items[limit];
  return { items: items.slice(0, limit), nextCursor: next ? cursorOf(next.ts) : '' };
}
