import { looksRandom } from './looks-random.ts';

const months =
  'Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?';
const weekdays = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*';

/** What is another one in each run, though nothing changed; the longer form first. */
const forms: readonly (readonly [string, RegExp])[] = [
  ['time', /\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:?\d\d)?/],
  ['time', new RegExp(`(?:${weekdays},? )?\\d{1,2} (?:${months})(?: \\d{4})?\\b|${weekdays}day\\b`)],
  ['time', /\b\d\d:\d\d(?::\d\d)?(?: ?GMT[+-]?\d*| ?UTC)?\b/],
  ['id', /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/],
  ['id', /\btooluse_\w+/],
  // A message of Slack's, or a count of seconds or milliseconds.
  ['id', /\b1\d{9}(?:\.\d{6}|\d{3})?\b/],
  ['id', /\bq-[0-9a-f]{16}\b/],
  ['address', /\bhttps?:\/\/(?:127\.0\.0\.1|localhost):\d+/],
];

const anyForm = new RegExp(forms.map(([, form]) => `(${form.source})`).join('|'), 'g');

/** A page token, a handle, a key: long, and hard to guess. What is a word, a path or a name is neither. */
const opaque = /(?<![\w/.{-])[A-Za-z0-9+/_-]{20,}={0,2}(?![\w{])/g;

export interface Volatile {
  readonly kind: string;
  readonly text: string;
  readonly at: number;
}

/** All of a text that differs from run to run, in order. */
export function volatileIn(text: string): Volatile[] {
  const found: Volatile[] = [];
  for (const match of text.matchAll(anyForm)) {
    const group = match.slice(1).findIndex((part) => part !== undefined);
    found.push({ kind: forms[group]?.[0] ?? '', text: match[0], at: match.index });
  }
  for (const { 0: run, index } of text.matchAll(opaque)) {
    const isInside = found.some(({ at, text: inner }) => at < index + run.length && index < at + inner.length);
    if (!isInside && looksRandom(run)) found.push({ kind: 'opaque', text: run, at: index });
  }
  return found.sort((one, other) => one.at - other.at);
}

/** The same text on another day, in another process. */
export function withoutVolatile(text: string): string {
  let kept = '';
  let from = 0;
  for (const { kind, text: run, at } of volatileIn(text)) {
    kept += `${text.slice(from, at)}{{${kind}}}`;
    from = at + run.length;
  }
  return kept + text.slice(from);
}
