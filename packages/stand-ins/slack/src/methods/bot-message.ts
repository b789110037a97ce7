import { isJsonObject } from '@vera/stand-in-kit/json-object';
import type { Arguments } from '../api/arguments.ts';
import { requireBotScope } from '../api/require-channel.ts';
import type { MethodCall } from '../api/slack-method.ts';
import { refuse, refuseWith } from '../api/slack-refusal.ts';
import { areTooLong, checkBlocks } from '../blocks/check-blocks.ts';
import { newBlockId, withIds } from '../blocks/with-ids.ts';
import type { SlackMessage } from '../slack-message.ts';
import type { World } from '../state/world.ts';
import { markdownToMrkdwn } from '../text/markdown-to-mrkdwn.ts';
import { richTextOf } from '../text/rich-text.ts';
import { toMrkdwn } from '../text/to-mrkdwn.ts';

const longestText = 40_000;
const longestMarkdown = 12_000;
const mostAttachments = 100;

/** What a message says, as it is stored. */
export type Content = Pick<SlackMessage, 'text' | 'markdown' | 'blocks' | 'attachments'>;

export interface ContentErrors {
  readonly tooLong: 'msg_too_long' | 'msg_blocks_too_long';
  readonly badAttachments: 'invalid_attachments' | 'invalid_array_arg';
}

interface ContentCall extends Pick<MethodCall, 'args' | 'warn'> {
  /** Left out where blocks are not asked for. */
  readonly world?: Pick<World, 'lacksBlocks'>;
}

/** Reads `text`, `blocks`, `attachments` or `markdown_text`; refuses what the method refuses, by that method's error names. */
export function readContent({ args, warn, world }: ContentCall, errors: ContentErrors): Content {
  const blocks = args.list('blocks', 'invalid_blocks_format');
  const attachments = readAttachments(args, errors);
  const markdown = args.text('markdown_text');
  if (markdown !== '') {
    if (args.text('text') !== '' || blocks !== undefined) refuse('markdown_text_conflict');
    if (markdown.length > longestMarkdown) refuse(errors.tooLong);
    return { ...fromMarkdown(markdown), ...attachments };
  }
  const text = args.text('text');
  if (text.trim() === '' && !blocks?.length && !attachments.attachments?.length) refuse('no_text');
  if (text.length > longestText) warn('message_truncated');
  const mrkdwn = toMrkdwn(text.slice(0, longestText));
  if (!blocks?.length) return { text: mrkdwn, ...(mrkdwn === '' ? {} : { blocks: [richTextOf(mrkdwn, newBlockId())] }), ...attachments };
  return { text: mrkdwn, ...fromBlocks(blocks, errors, world?.lacksBlocks), ...attachments };
}

function fromMarkdown(markdown: string): Pick<SlackMessage, 'text' | 'markdown' | 'blocks'> {
  const text = markdownToMrkdwn(markdown);
  return { text, markdown, blocks: text === '' ? [] : [richTextOf(text, newBlockId())] };
}

function fromBlocks(
  blocks: readonly unknown[],
  errors: ContentErrors,
  lacked?: ReadonlySet<string>,
): Pick<SlackMessage, 'markdown' | 'blocks'> {
  const problems = checkBlocks(blocks, { lacked });
  if (problems.length > 0) refuseWith('invalid_blocks', problems);
  if (areTooLong(blocks)) refuse(errors.tooLong);
  const markdown = blocks.flatMap((block) => (isJsonObject(block) && block.type === 'markdown' ? [String(block.text)] : []));
  return { blocks: withIds(blocks), ...(markdown.length === 0 ? {} : { markdown: markdown.join('\n\n') }) };
}

function readAttachments(args: Arguments, { badAttachments }: ContentErrors): Pick<SlackMessage, 'attachments'> {
  const attachments = args.list('attachments', badAttachments);
  if (!attachments) return {};
  if (attachments.length > mostAttachments) refuse('too_many_attachments');
  return { attachments: attachments.filter(isJsonObject).map((attachment, index) => ({ ...attachment, id: index + 1 })) };
}

/** Slack says that there is a limit, not which; ours is on the low side. */
const longestMetadata = 8_000;

/** Undefined when it was not given, `none` for the empty object that removes it. */
export function readMetadata(args: Arguments): SlackMessage['metadata'] | 'none' {
  const metadata = args.object('metadata', 'invalid_metadata_format');
  if (!metadata) return undefined;
  if (Object.keys(metadata).length === 0) return 'none';
  const { event_type, event_payload } = metadata;
  if (typeof event_type !== 'string' || event_type === '' || !isJsonObject(event_payload)) return refuse('invalid_metadata_schema');
  if (JSON.stringify(metadata).length > longestMetadata) refuse('metadata_too_large');
  return { event_type, event_payload };
}

type Author = Pick<SlackMessage, 'user' | 'bot_id' | 'app_id' | 'team' | 'bot_profile' | 'subtype' | 'username' | 'icons'>;

/** Who the app's messages are from. Under another name they become `bot_message`s without user. */
export function botAuthor(world: World, args?: Arguments): Author {
  const { teamId, appId, botUserId, botId, botName } = world.directory.workspace;
  const identity = { bot_id: botId, app_id: appId, team: teamId };
  const bot_profile = {
    id: botId,
    deleted: false,
    name: botName,
    updated: 1_766_422_444,
    app_id: appId,
    user_id: botUserId,
    icons: botIcons(world),
    team_id: teamId,
  };
  const custom = customOf(args);
  if (!custom) return { user: botUserId, ...identity, bot_profile };
  requireBotScope(world, 'chat:write.customize');
  return { subtype: 'bot_message', ...identity, ...custom };
}

export function botIcons({ origin }: World): Record<string, string> {
  return Object.fromEntries(['36', '48', '72'].map((size) => [`image_${size}`, `${origin()}/icons/bot_${size}.png`]));
}

function customOf(args: Arguments | undefined): Pick<SlackMessage, 'username' | 'icons'> | undefined {
  const username = args?.text('username');
  const emoji = args?.text('icon_emoji');
  const url = args?.text('icon_url');
  if (!username && !emoji && !url) return undefined;
  const icons = { ...(emoji ? { emoji } : {}), ...(url && !emoji ? { image_48: url } : {}) };
  return { ...(username ? { username } : {}), ...(Object.keys(icons).length === 0 ? {} : { icons }) };
}

/** Empty where the root was deleted: Slack says nothing and posts into the channel. https://github.com/slack-go/slack/issues/1571 */
export function threadLeft({ messages }: World, channel: string, threadTs: string): string {
  return messages.wasRemoved(channel, threadTs) ? '' : threadTs;
}

/** What a message says of the thread it is in. */
export function inThread({ messages }: World, channel: string, threadTs: string): Pick<SlackMessage, 'thread_ts' | 'parent_user_id'> {
  if (threadTs === '') return {};
  const parent = messages.get(channel, threadTs)?.user;
  return { thread_ts: threadTs, ...(parent === undefined ? {} : { parent_user_id: parent }) };
}
