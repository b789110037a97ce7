import { escapeText } from './escape-text.ts';
import { type Fields, recordsIn, str } from './loose-fields.ts';

/** An element of rich text in the form it has in a message's text. */
export function inlineWords(element: unknown): string {
  if (typeof element !== 'object' || element === null) return '';
  const { type, text, url, user_id, channel_id, usergroup_id, range, name, fallback } = element as Fields;
  if (type === 'user') return `<@${str(user_id)}>`;
  if (type === 'channel') return `<#${str(channel_id)}>`;
  if (type === 'usergroup') return `<!subteam^${str(usergroup_id)}>`;
  if (type === 'broadcast') return `<!${str(range)}>`;
  if (type === 'emoji') return `:${str(name)}:`;
  if (type === 'link') return str(text) === '' ? `<${str(url)}>` : `<${str(url)}|${escapeText(str(text))}>`;
  return escapeText(str(text) || str(fallback));
}

/**
 * Quotes, what is pasted as code, and what stands within a quote: Slack gives lists and code there a `border`
 * (https://docs.slack.dev/reference/block-kit/blocks/rich-text-block).
 */
export function isQuoteLike({ type, border }: Fields): boolean {
  return str(type).startsWith('rich_text_') && (type === 'rich_text_quote' || type === 'rich_text_preformatted' || Boolean(border));
}

export function quotedLines(words: string): string {
  return words.replace(/^(?=.)/gm, '&gt; ');
}

/**
 * What somebody types into one. Others, such as `message_mention`, may hold words of the message they lead to
 * (https://docs.slack.dev/reference/block-kit/block-elements/message-mention-element).
 */
const typedKinds = new Set(['text', 'link', 'user', 'channel', 'usergroup', 'broadcast', 'emoji', 'date']);

/** The lines of rich text that quote nothing; undefined where there is no rich text. */
export function typedRichText(blocks: unknown): string | undefined {
  const parts = recordsIn(blocks).flatMap(({ type, elements }) => (type === 'rich_text' ? recordsIn(elements) : []));
  if (parts.length === 0) return undefined;
  const sections = parts.flatMap((part) => {
    if (isQuoteLike(part)) return [];
    return part.type === 'rich_text_list' ? recordsIn(part.elements) : [part];
  });
  return sections
    .filter(({ type }) => type === 'rich_text_section')
    .map(({ elements }) => recordsIn(elements).filter(({ type }) => typedKinds.has(str(type))))
    .map((elements) => elements.map(typedInline).join(''))
    .join('\n');
}

/** Code within a line is told by its style alone. */
function typedInline(element: Fields): string {
  const { style } = element;
  const isCode = typeof style === 'object' && style !== null && 'code' in style && style.code === true;
  return isCode ? `\`${inlineWords(element)}\`` : inlineWords(element);
}
