import { escapeHtml } from './escape-html.ts';

/** A link in a new tab; just its words when the address is of another kind, such as `javascript:`. */
export function linkHtml(href: string, words: string, isRelativeAllowed = false): string {
  if (!isLinkable(href, isRelativeAllowed)) return words;
  return `<a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer">${words}</a>`;
}

function isLinkable(href: string, isRelativeAllowed: boolean): boolean {
  const url = URL.parse(href);
  if (url) return ['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol);
  return isRelativeAllowed && !href.startsWith('//') && !/^[^/?#]*:/.test(href);
}
