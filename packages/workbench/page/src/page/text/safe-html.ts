const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Makes any text harmless inside HTML, in attributes too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** Leads to a page, an address or a telephone, and runs nothing. */
export function isLinkable(href: string, isRelativeAllowed = false): boolean {
  const url = URL.parse(href);
  if (url) return ['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol);
  return isRelativeAllowed && !href.startsWith('//') && !/^[^/?#]*:/.test(href);
}

/** A link in a new tab; just its words when the address is of another kind, such as `javascript:`. */
export function linkHtml(href: string, words: string, isRelativeAllowed = false): string {
  if (!isLinkable(href, isRelativeAllowed)) return words;
  return `<a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer">${words}</a>`;
}

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

/** What a mention is shown as: of a person or bot (`@U…`) or of a channel (`#C…`); undefined when nobody has that id. */
export type NameOf = (kind: '@' | '#', id: string) => string | undefined;

const styles: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
  time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

/** Slack's date pattern, such as `{date_short} at {time}`, in the reader's own time zone; undefined for what is no time. */
export function dateText(seconds: number, pattern: string): string | undefined {
  const date = new Date(seconds * 1_000);
  if (!Number.isFinite(date.getTime())) return undefined;
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const plain = name.replace(/_pretty$/, '');
    const style = Object.hasOwn(styles, plain) ? styles[plain] : undefined;
    return style ? date.toLocaleString('en-GB', style) : whole;
  });
}
