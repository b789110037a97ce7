import { escapeHtml } from './escape-html.ts';
import { isLinkable } from './is-linkable.ts';

/** A link in a new tab; just its words when the address is of another kind, such as `javascript:`. */
export function linkHtml(href: string, words: string, isRelativeAllowed = false): string {
  if (!isLinkable(href, isRelativeAllowed)) return words;
  return `<a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer">${words}</a>`;
}
