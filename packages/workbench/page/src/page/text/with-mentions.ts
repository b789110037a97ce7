import type { PageWorkspace } from '../../page-server/page-state.ts';

/** `@Vera` as typed becomes `<@U…>`, whatever the case. Slack's emulator does the same for the other names. */
export function withMentions(text: string, { botName, botUserId }: Pick<PageWorkspace, 'botName' | 'botUserId'>): string {
  const name = botName.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(^|[\\s(])@${name}(?![\\w-])`, 'giu'), `$1<@${botUserId}>`);
}
