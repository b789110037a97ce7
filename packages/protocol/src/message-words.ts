import * as z from 'zod/mini';
import { type Fields, recordsIn, str } from './loose-fields.ts';
import { inlineWords, isQuoteLike, quotedLines } from './rich-text.ts';
import { shorten, textLimits } from './shorten.ts';
import { typedWords } from './typed-words.ts';

/**
 * What a message carries beside the words of who sent it: a forwarded message, the preview of a link, an alert of an app. Information by
 * its author, never words of the sender.
 */
export const quoteSchema = z.object({
  /** Whose words they are, where Slack says so. */
  authorId: z.optional(z.string()),
  authorName: z.optional(z.string()),
  /** As Slack escaped it. */
  text: z.string(),
});
export type Quote = z.infer<typeof quoteSchema>;

/** A message as events and the Web API give it, as far as words are looked for in it; its parts may have any shape. */
export interface WordedMessage {
  readonly text?: string | undefined;
  readonly blocks?: unknown;
  readonly attachments?: unknown;
}

export interface MessageWords {
  /** What the sender says, as Slack escaped it: the text, else what stands in blocks; what blocks say beyond the text is added. */
  readonly text: string;
  /** What of it the sender typed, where its blocks tell that otherwise than the text does. */
  readonly typed?: string;
  readonly quotes: readonly Quote[];
}

/** All that a message says, bounded. */
export function wordsOf({ text: given = '', blocks, attachments }: WordedMessage): MessageWords {
  const said = new Set(given.split('\n').map(textKey));
  const more = linesIn(blocks, given.trim() === '').filter((line) => !said.has(textKey(line)));
  const text = shorten([...(given.trim() === '' ? [] : [given]), ...more].join('\n') || given, textLimits.messageText);
  const typed = typedWords(text, blocks);
  return { text, ...(typed === undefined ? {} : { typed: shorten(typed, textLimits.typedWords) }), quotes: quotesIn(attachments) };
}

/** Files that came in what a message quotes, in Slack's form. */
export function quotedFilesOf({ attachments }: WordedMessage): readonly unknown[] {
  return recordsIn(attachments).flatMap(({ files }) => (Array.isArray(files) ? files : []));
}

/** Slack refuses a message with more attachments. */
const mostQuotes = 100;
const idPattern = /^[A-Z0-9]{1,32}$/;

function quotesIn(attachments: unknown): readonly Quote[] {
  let left: number = textLimits.quotedTexts;
  return recordsIn(attachments)
    .slice(0, mostQuotes)
    .flatMap((attachment) => {
      const text = shorten(attachmentText(attachment), left);
      if (text.trim() === '') return [];
      left -= text.length;
      const [authorId, authorName] = [str(attachment.author_id), str(attachment.author_name) || str(attachment.author_subname)];
      return [
        {
          ...(idPattern.test(authorId) ? { authorId } : {}),
          ...(authorName ? { authorName: shorten(authorName, textLimits.line) } : {}),
          text,
        },
      ];
    });
}

/** https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments; `fallback` says the same once more. */
function attachmentText(attachment: Fields): string {
  const { pretext, title, title_link, from_url, text, fields, fallback, blocks, message_blocks } = attachment;
  const link = str(title_link) || str(from_url);
  const lines = [
    str(pretext),
    str(title),
    str(text) || [...linesIn(blocks, true), ...linesIn(message_blocks, true)].join('\n'),
    ...recordsIn(fields).map((field) => [str(field.title), str(field.value)].filter((part) => part !== '').join(': ')),
  ].filter((line) => line.trim() !== '');
  const words = lines.length > 0 ? lines : [str(fallback)];
  return [...words, ...(link === '' ? [] : [link])].filter((line) => line.trim() !== '').join('\n');
}

/** Deeper than Slack nests anything. */
const deepest = 20;
/** What is pressed or filled in says nothing. */
const unsaid = new Set(['actions', 'input', 'button', 'divider']);
const wordedKeys = [
  'title',
  'subtitle',
  'text',
  'body',
  'fields',
  'caption',
  'elements',
  'rows',
  'blocks',
  'message',
  'alt_text',
  'description',
];
/** Their elements are parts of one line. */
const inline = new Set(['rich_text_section', 'rich_text_preformatted', 'rich_text_quote']);

/** The lines of blocks; a person's own `rich_text` repeats the text, so that it is read only where there is none. */
function linesIn(blocks: unknown, withRichText: boolean): string[] {
  const known = recordsIn(blocks).filter(({ type }) => withRichText || type !== 'rich_text');
  return known.flatMap((block) => wordsIn(block, 0).split('\n')).filter((line) => line.trim() !== '');
}

function wordsIn(node: unknown, depth: number): string {
  if (typeof node === 'string') return node;
  if (depth > deepest || typeof node !== 'object' || node === null) return '';
  if (Array.isArray(node))
    return node
      .map((part) => wordsIn(part, depth + 1))
      .filter((part) => part !== '')
      .join('\n');
  const fields = node as Fields;
  if (unsaid.has(str(fields.type))) return '';
  const words =
    inline.has(str(fields.type)) && Array.isArray(fields.elements)
      ? fields.elements.map(inlineWords).join('')
      : wordedKeys
          .map((key) => wordsIn(fields[key], depth + 1))
          .filter((part) => part !== '')
          .join('\n');
  return isQuoteLike(fields) ? quotedLines(words) : words;
}

/** What two spellings of the same words have in common. */
function textKey(text: string): string {
  return text.replace(/[\s*_~`>•-]+/g, ' ').trim();
}
