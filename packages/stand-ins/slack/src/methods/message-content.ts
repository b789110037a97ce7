import type { Arguments } from '../api/arguments.ts';
import type { MethodCall } from '../api/slack-method.ts';
import { refuse, refuseWith } from '../api/slack-refusal.ts';
import { areTooLong, checkBlocks } from '../blocks/check-blocks.ts';
import { isObject } from '../blocks/checks.ts';
import { newBlockId, withIds } from '../blocks/with-ids.ts';
import type { SlackMessage } from '../contract.ts';
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

/** Reads `text`, `blocks`, `attachments` or `markdown_text`; refuses what the method refuses, by that method's error names. */
export function readContent({ args, warn }: Pick<MethodCall, 'args' | 'warn'>, errors: ContentErrors): Content {
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
  return { text: mrkdwn, ...fromBlocks(blocks, errors), ...attachments };
}

export function fromMarkdown(markdown: string): Pick<SlackMessage, 'text' | 'markdown' | 'blocks'> {
  const text = markdownToMrkdwn(markdown);
  return { text, markdown, blocks: text === '' ? [] : [richTextOf(text, newBlockId())] };
}

function fromBlocks(blocks: readonly unknown[], errors: ContentErrors): Pick<SlackMessage, 'markdown' | 'blocks'> {
  const problems = checkBlocks(blocks);
  if (problems.length > 0) refuseWith('invalid_blocks', problems);
  if (areTooLong(blocks)) refuse(errors.tooLong);
  const markdown = blocks.flatMap((block) => (isObject(block) && block.type === 'markdown' ? [String(block.text)] : []));
  return { blocks: withIds(blocks), ...(markdown.length === 0 ? {} : { markdown: markdown.join('\n\n') }) };
}

function readAttachments(args: Arguments, { badAttachments }: ContentErrors): Pick<SlackMessage, 'attachments'> {
  const attachments = args.list('attachments', badAttachments);
  if (!attachments) return {};
  if (attachments.length > mostAttachments) refuse('too_many_attachments');
  return { attachments: attachments.filter(isObject).map((attachment, index) => ({ ...attachment, id: index + 1 })) };
}
