import type { Arguments } from '../api/arguments.ts';
import type { SlackMethod } from '../api/slack-method.ts';
import { refuse, refuseWith } from '../api/slack-refusal.ts';
import type { SlackMessage } from '../slack-message.ts';
import { microsecondsOf } from '../state/timestamp.ts';
import type { World } from '../state/world.ts';
import type { WorkspaceChannel, WorkspaceUser } from '../workspace.ts';
import { permalinkOf } from './chat.ts';

/** https://docs.slack.dev/reference/methods/assistant.search.info */
export const assistantSearchInfo: SlackMethod = ({ world }) => ({ is_ai_search_enabled: world.agentFeatures });

const longestQuery = 10_000;
const mostPerPage = 20;
const channelTypes = new Set(['public_channel', 'private_channel', 'mpim', 'im']);
const contentTypes = new Set(['messages', 'files', 'channels', 'users']);

/**
 * Finds messages by their words, with the rights of whoever wrote the message that the token came with
 * (https://docs.slack.dev/apis/web-api/real-time-search-api). Files, channels and users are never found.
 */
export const assistantSearchContext: SlackMethod = ({ args, world }) => {
  if (!world.agentFeatures) refuse('feature_not_enabled');
  if (args.text('query').trim() === '') refuse('missing_query');
  if (args.text('query').length > longestQuery) refuse('query_too_long');
  const actor = world.tickets.actorOf(args.text('action_token')) ?? refuse('invalid_action_token');
  const user = world.directory.user(actor) ?? refuse('invalid_action_token');
  requireTypes(args);
  const place = args.text('context_channel_id');
  if (place !== '' && !world.directory.channel(place)) refuse('context_channel_not_found');
  const limit = args.number('limit') ?? mostPerPage;
  if (!Number.isInteger(limit) || limit < 1 || limit > mostPerPage) return refuseWith('invalid_arguments', ['[json-pointer:/limit]']);
  const page = pageIn(args.text('cursor'));
  const hits = hitsOf(world, args, user);
  const messages = hits.slice(page * limit, (page + 1) * limit).map((hit) => toResult(world, args, hit));
  const isMore = hits.length > (page + 1) * limit;
  return { results: { messages }, response_metadata: { next_cursor: isMore ? cursorOf(page + 1) : '' } };
};

/**
 * "To use the Real-time Search API to fetch private conversation data […] a user token is required"; which error a bot token gets, it does not
 * say.
 */
function requireTypes(args: Arguments): void {
  const types = args.words('channel_types');
  const contents = args.words('content_types');
  if (types.some((type) => !channelTypes.has(type))) refuseWith('invalid_arguments', ['[json-pointer:/channel_types]']);
  if (contents.some((type) => !contentTypes.has(type))) refuseWith('invalid_arguments', ['[json-pointer:/content_types]']);
  const isPrivate = types.find((type) => type !== 'public_channel');
  if (isPrivate !== undefined) refuse('missing_scope', { needed: `search:read.${isPrivate.replace('_channel', '')}` });
}

interface Hit {
  readonly message: SlackMessage;
  readonly channel: WorkspaceChannel;
  readonly score: number;
}

/** Best first: those with most of the words, then the newest. */
function hitsOf(world: World, args: Arguments, user: WorkspaceUser): readonly Hit[] {
  const { words, places } = termsOf(args.text('query'));
  const [after, before] = [args.number('after') ?? 0, args.number('before') ?? Number.POSITIVE_INFINITY];
  const isReadable = (channel: WorkspaceChannel) =>
    channel.kind === 'channel' &&
    (!channel.isArchived || args.flag('include_archived_channels')) &&
    (places.length === 0 || places.includes(channel.id) || places.includes(channel.name)) &&
    // Guests, and people of another company, find only what they could open.
    ((user.guest === undefined && user.teamId === undefined) || channel.members.includes(user.id));
  const found = world.directory.workspace.channels.filter(isReadable).flatMap((channel) =>
    world.messages
      .inChannel(channel.id)
      .filter(({ subtype, ts }) => subtype !== 'tombstone' && Number(ts) > after && Number(ts) < before)
      .filter(({ bot_id }) => bot_id === undefined || args.flag('include_bots'))
      .map((message): Hit => ({ message, channel, score: scoreOf(contentOf(message), words) })),
  );
  const byTime = (one: Hit, other: Hit) => (microsecondsOf(other.message.ts) ?? 0) - (microsecondsOf(one.message.ts) ?? 0);
  const inOrder = found
    .filter(({ score }) => score > 0)
    .sort((one, other) => (args.text('sort') === 'timestamp' ? 0 : other.score - one.score) || byTime(one, other));
  return args.text('sort_dir') === 'asc' ? inOrder.reverse() : inOrder;
}

/** `in:<#C1>`, `in:#name` and `in:name` say where, as in Slack's own search; the rest are words. */
function termsOf(query: string): { readonly words: readonly string[]; readonly places: readonly string[] } {
  const place = /(?:^|\s)in:(?:<#([A-Z0-9]+)(?:\|[^>]*)?>|#?([\w-]+))/g;
  const places = [...query.matchAll(place)].map(([, id, name]) => id ?? name ?? '');
  return { places, words: wordsIn(query.replace(place, ' ')).filter((word) => word.length > 2) };
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The share of the words that are there; words are matched whole. */
function scoreOf(text: string, words: readonly string[]): number {
  const there = new Set(wordsIn(text));
  return words.filter((word) => there.has(word)).length / Math.max(1, words.length);
}

function contentOf({ text, attachments = [] }: SlackMessage): string {
  const attached = attachments.flatMap(({ pretext, title, text: words }) => [pretext, title, words]).filter(Boolean);
  return [text, ...attached].filter((part) => part !== '').join('\n');
}

function toResult(world: World, args: Arguments, { message, channel }: Hit): Record<string, unknown> {
  const author = message.user ?? message.bot_id ?? '';
  return {
    author_name: world.directory.user(author)?.realName ?? message.username ?? '',
    author_user_id: author,
    team_id: world.directory.workspace.teamId,
    channel_id: channel.id,
    channel_name: channel.name,
    message_ts: message.ts,
    content: contentOf(message),
    is_author_bot: message.bot_id !== undefined,
    permalink: permalinkOf(world, message),
    ...(args.flag('include_message_blocks') ? { blocks: message.blocks ?? [] } : {}),
  };
}

/** As in Slack's example, `Q1VSUkVOVF9QQUdFOjI=`. */
function cursorOf(page: number): string {
  return Buffer.from(`CURRENT_PAGE:${page + 1}`).toString('base64');
}

function pageIn(cursor: string): number {
  if (cursor === '') return 0;
  const [, page] = /^CURRENT_PAGE:([1-9]\d{0,5})$/.exec(Buffer.from(cursor, 'base64').toString()) ?? [];
  return page === undefined ? refuse('invalid_cursor') : Number(page) - 1;
}
