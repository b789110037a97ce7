import { html } from 'htm/preact';
import type { Author } from '../state/lookups.ts';

/** Initials on a colour that stays with the person. */
export function Avatar({ author, isSmall = false }: { readonly author: Author; readonly isSmall?: boolean }) {
  const tone = [...author.id].reduce((sum, character) => sum + character.charCodeAt(0), 0) % 8;
  const initials = author.name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join('');
  const look = author.name === 'Vera' && author.isApp ? 'vera' : `tone-${tone}`;
  return html`<span class=${`avatar ${look}${isSmall ? ' small' : ''}`} aria-hidden="true">${initials.toUpperCase()}</span>`;
}
