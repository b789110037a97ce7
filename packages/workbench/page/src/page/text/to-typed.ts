import { emojiOf } from './emoji-of.ts';
import type { NameOf } from './name-of.ts';

/** A message's mrkdwn as its author would type it again, for editing. */
export function toTyped(text: string, nameOf: NameOf): string {
  const plain = text.replace(/<([^<>\n]+)>/g, (whole, target: string) => {
    const [id = '', label] = target.slice(1).split('|');
    if (target.startsWith('@')) return `@${nameOf('@', id) ?? label ?? id}`;
    if (target.startsWith('#')) return `#${nameOf('#', id) ?? label ?? id}`;
    return target.startsWith('!') ? whole : (target.split('|')[0] ?? target);
  });
  return emojiOf(plain).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
