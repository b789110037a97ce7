import { dateText } from './date-text.ts';
import { escapeHtml } from './escape-html.ts';
import type { NameOf } from './name-of.ts';

/** The pill of what stands between the brackets of `<@U1>`, `<#C1|general>` or `<!here>`. */
export function mentionHtml(target: string, nameOf: NameOf): string {
  const kind = target.charAt(0);
  const [id = '', label = ''] = target.slice(1).split('|');
  const [, seconds, pattern] = /^!date\^(\d+)\^([^^|]+)/.exec(target) ?? [];
  if (seconds && pattern) return escapeHtml(dateText(Number(seconds), pattern) ?? label);
  if (kind === '!') return pill(label || `@${id.replace(/\^.*$/, '')}`);
  const name = nameOf(kind === '#' ? '#' : '@', id) ?? (label || id);
  return pill(`${kind}${name}`);
}

function pill(text: string): string {
  return `<span class="mention">${escapeHtml(text)}</span>`;
}
