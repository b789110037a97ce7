import { emojiOf } from './emoji-of.ts';
import { dateText, escapeHtml, linkHtml, mentionHtml, type NameOf } from './safe-html.ts';

type Element = Readonly<Record<string, unknown>>;

const tags = { bold: 'strong', italic: 'em', strike: 'del', code: 'code' } as const;

/** HTML of the parts of a `rich_text` block. */
export function renderRichText(block: Element, nameOf: NameOf): string {
  return elementsOf(block)
    .map((part) => partHtml(part, nameOf))
    .join('');
}

function partHtml(part: Element, nameOf: NameOf): string {
  const inline = elementsOf(part)
    .map((element) => inlineHtml(element, nameOf))
    .join('');
  switch (part.type) {
    case 'rich_text_preformatted': {
      const text = elementsOf(part).map(({ text, url }) => String(text ?? url ?? ''));
      return `<div class="code-block"><pre tabindex="0"><code>${escapeHtml(text.join(''))}</code></pre></div>`;
    }
    case 'rich_text_quote':
      return `<blockquote>${inline}</blockquote>`;
    case 'rich_text_list':
      return listHtml(part, nameOf);
    default:
      return `<p>${inline}</p>`;
  }
}

function listHtml(list: Element, nameOf: NameOf): string {
  const name = list.style === 'ordered' ? 'ol' : 'ul';
  const start = typeof list.offset === 'number' && name === 'ol' ? ` start="${list.offset + 1}"` : '';
  const indent = typeof list.indent === 'number' && list.indent > 0 ? ` class="indent-${Math.min(3, Math.floor(list.indent))}"` : '';
  const items = elementsOf(list).map(
    (item) =>
      `<li>${elementsOf(item)
        .map((element) => inlineHtml(element, nameOf))
        .join('')}</li>`,
  );
  return `<${name}${start}${indent}>${items.join('')}</${name}>`;
}

function inlineHtml(element: Element, nameOf: NameOf): string {
  const style = typeof element.style === 'object' && element.style !== null ? (element.style as Element) : {};
  const names = Object.entries(tags).filter(([name]) => style[name] === true);
  return names.reduce((content, [, tag]) => `<${tag}>${content}</${tag}>`, bareHtml(element, nameOf));
}

function bareHtml(element: Element, nameOf: NameOf): string {
  switch (element.type) {
    case 'link':
      return linkHtml(String(element.url), escapeHtml(String(element.text ?? element.url)));
    case 'emoji':
      return escapeHtml(emojiOf(`:${element.name}:`));
    case 'user':
      return mentionHtml(`@${element.user_id}`, nameOf);
    case 'channel':
      return mentionHtml(`#${element.channel_id}`, nameOf);
    case 'usergroup':
      return mentionHtml(`!${element.usergroup_id}`, nameOf);
    case 'broadcast':
      return mentionHtml(`!${element.range}`, nameOf);
    case 'date':
      return escapeHtml(dateText(Number(element.timestamp), String(element.format)) ?? String(element.fallback ?? ''));
    default:
      return escapeHtml(String(element.text ?? '')).replaceAll('\n', '<br>');
  }
}

function elementsOf({ elements }: Element): readonly Element[] {
  return Array.isArray(elements) ? elements.filter((element) => typeof element === 'object' && element !== null) : [];
}
