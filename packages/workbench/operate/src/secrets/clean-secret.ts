import { faultOfKind } from './kinds-of-secrets.ts';

export type Cleaned = { readonly kind: 'clean'; readonly value: string } | { readonly kind: 'refused'; readonly why: string };

/** What no key begins or ends with: blanks of all kinds, control characters, and what takes no room (byte order marks, joiners, directions). */
const unseen = String.raw`\p{Z}\p{Cc}\p{Cf}\u115f\u1160\u3164\uffa0`;
const aroundIt = new RegExp(`^[${unseen}]+|[${unseen}]+$`, 'gu');
const pairs = ['""', "''", '``', '“”', '””', '„“', '‘’', '’’', '«»'];
const quotes = new Set(pairs.join(''));

/**
 * What a person pasted, as the key that they meant: without what came along around it. Refused, with a reason that quotes nothing of it, where
 * something else stands there: a placeholder, another kind of key, or a character inside that no key has.
 */
export function cleanSecret(name: string, pasted: string): Cleaned {
  const value = bare(name, pasted);
  const why = faultOf(value) ?? faultOfKind(name, value);
  return why === undefined ? { kind: 'clean', value } : { kind: 'refused', why };
}

/** As long as there is something to take off: quotes in blanks in quotes. `KEY="…"` and `"KEY": "…",` are lines of other files. */
function bare(name: string, text: string): string {
  const trimmed = text.replace(aroundIt, '');
  const [first = '', last = ''] = [trimmed.at(0), trimmed.at(-1)];
  const line = new RegExp(`^(?:export\\s+)?["']?${name}["']?\\s*[:=]\\s*(.*?),?$`, 's').exec(trimmed)?.[1];
  const inner = trimmed.length > 1 && pairs.includes(first + last) ? trimmed.slice(1, -1) : line;
  return inner === undefined ? trimmed : bare(name, inner);
}

function faultOf(value: string): string | undefined {
  if (value === '') return 'nothing is left of it';
  if (/^[•●·∙*]+$/.test(value)) return 'these are the dots that hide it: press Show, then copy';
  if (isPlaceholder(value)) return 'this is the placeholder of an example, not a key';
  if (quotes.has(value.at(0) ?? '') || quotes.has(value.at(-1) ?? ''))
    return 'a quotation mark stands at one end only: copy the whole of it';
  if (/^[{[]/.test(value)) return 'this is a whole document: one key at a time, without braces';
  return faultInside(value);
}

const words =
  /(?:^|[^a-z])(?:your|change[-_ .]?(?:me|it|this)|placeholder|example|dummy|todo|tbd|fixme|redacted|insert|replace(?:[-_ .]?me)?|fill[-_ .]?in|secret[-_ .]here)(?:[^a-z]|$)/i;
/** What a program writes where it has nothing. */
const nothing = /^(?:undefined|null|none|nil|nan|\[object object\])$/i;
/** Where a key is to be read from: what Windows, a template, or a safe's program would put in its place. */
const references =
  /^%\w+%$|^\{\{.*\}\}$|^\$\(.*\)$|^@@?\w+@@?$|^(?:op|vault|keychain|ssm|secretsmanager|aws-sm|gcp-sm|azure-kv|bws|doppler|env|file):(?:\/\/|[\w/])|^arn:aws/i;

function isPlaceholder(value: string): boolean {
  return (
    /…|\.{3}|^<.*>$|^\$\{?\w+\}?$|^\[.*\]$|^xox[a-z]-?$|x{6}/i.test(value) ||
    words.test(value) ||
    nothing.test(value) ||
    references.test(value) ||
    /^(.)\1*$/su.test(value)
  );
}

const names: ReadonlyMap<string, string> = new Map([
  [' ', 'a blank'],
  ['\n', 'a line break'],
  ['\r', 'a line break'],
  ['\u00a0', 'a no-break space (U+00A0)'],
]);

/** Keys are sent in headers: only what can be seen, and is of ASCII. */
function faultInside(value: string): string | undefined {
  const [found] = /[^!-~]/u.exec(value) ?? [];
  if (found === undefined) return undefined;
  const code = `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const what = names.get(found) ?? `a character that no key has (${code})`;
  return `${what} stands inside, after ${value.indexOf(found)} characters: copy it again, in one piece`;
}
