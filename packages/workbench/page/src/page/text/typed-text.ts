import type { PageWorkspace } from '../../page-server/page-state.ts';
import { emojiOf } from './emoji-of.ts';
import type { NameOf } from './safe-html.ts';

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

/** `@Vera` as typed becomes `<@U…>`, whatever the case. Slack's emulator does the same for the other names. */
export function withMentions(text: string, { botName, botUserId }: Pick<PageWorkspace, 'botName' | 'botUserId'>): string {
  const name = botName.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(^|[\\s(])@${name}(?![\\w-])`, 'giu'), `$1<@${botUserId}>`);
}
