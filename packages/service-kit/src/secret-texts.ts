import { keyStarts } from './key-starts.ts';
import { isNameOfPlace, isSecretName, isSurelySecretName, isVagueName } from './secret-names.ts';

/** Stands where a secret stood. */
export const masked = '[redacted]';

/** Whether a log leaves out what is called so; in a log nobody misses what was left out in vain. */
export function isLeftOut(name: string): boolean {
  return secretName.test(name) || isSecretName(name);
}

/** By a part of the name: here too much counts for less than too little. */
const secretName =
  /token|secret|passw|passphrase|authorization|credential|(?:api|access|account|private|encryption|signing)[-_]?key|signature|cookie|response[-_]?url|webhook|x-vera-front|(?<![a-z])(?:pass|pwd|dsn)(?![a-z])/i;

/**
 * Keys by how their makers begin them. Not longer than they are: what follows belongs to others. None begins within a word, unless its letter is that of
 * an escaped line break (`\nghp_…`), as in JSON that stands in a text.
 */
const keys = [
  /xox[a-z]-[\w-]+|xapp-[\w-]+/g,
  /A(?:K|S)IA[0-9A-Z]{16}/g,
  /(?<!(?:^|[^\\])[\w-])(?:gh[pousr]_\w{16,}|github_pat_\w{16,}|AT[AC]TT[\w=-]{16,}|glpat-[\w-]{16,}|sk-(?=[\w-]{0,200}\d)(?=[\w-]{0,200}[A-Z])[\w-]{16,}|[sr]k_(?:live|test)_\w{16,})/g,
  /(?<!(?:^|[^\\])[\w-])(?:npm_\w{30,}|pypi-[\w-]{30,}|hf_\w{20,}|dop_v1_\w{30,}|shpat_\w{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|AIza[\w-]{30,}|ya29\.[\w-]{20,})/g,
  // A long run with a digit in it: a setting of npm's begins as its keys do.
  new RegExp(String.raw`(?<!(?:^|[^\\])[\w-])(?:${keyStarts})(?=[\w.~=+-]{0,99}?(?=[A-Za-z]{0,40}\d)[A-Za-z\d]{12})[\w.~=+-]{16,}`, 'g'),
  /hooks\.slack\.com\/\S+/g,
  // Who knows these addresses may post there.
  /(?:discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks|(?:webhook|outlook)\.office\.com\/webhook\w{0,9}|hooks\.zapier\.com\/hooks|hook\.[\w.]{1,20}\.?make\.com|maker\.ifttt\.com\/trigger|events\.pagerduty\.com\/integration)\/[^\s"'<>]+/g,
  /(?<=\/)bot\d{2,20}:[\w-]{8,}|(?<!\w)\d{8,10}:AA[\w-]{30,}/g,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----|$)/g,
];
/** Not a word of a sentence. */
const bearer = /(?<!(?:^|[^\\])\w)Bearer\s+(?=[\w.~+/=-]*(?:[\d~+/=_]|\.\w))[\w.~+/=-]+/gi;
/** What follows must say `name:password`, for `basic` is a word too. */
const basic = /(?<!(?:^|[^\\])\w)Basic\s+([\w+/=-]{4,})/gi;
/** A name with a password, or a long key, before the host of an address. */
const beforeHost = /(:\/\/)(?:[^/\s:@"'<>]{0,200}:[^/\s"'<>]{1,400}|[^/\s:@"'<>]{16,400})@/g;
/** `{"` in base64url: how the first of a web token's three parts begins. */
const tokenStart = 'eyJ';

/**
 * The text without what is a secret by its form alone. It is also read by models and people, who need what only looks like one: a page about
 * tokens, the cursor of a list.
 */
export function withoutSecrets(text: string): string {
  return withoutSecretForms(withoutKnown(text));
}

/** The same by the form alone, whatever this process knows: the same for the same text. */
export function withoutSecretForms(text: string): string {
  return webTokensMasked(byForm(text), (parts, at) => Boolean(parts[at + 1] && parts[at + 2]));
}

/**
 * The text for a log, where nobody misses what was masked in vain: also without what is named a secret, without halves of web tokens, without
 * `name:password` in base64, and all of it in what is encoded, whether by percent, JSON, HTML or base64, or parted by letters of no width.
 */
export function withoutAnySecret(text: string, depth = 0): string {
  const whole = joined(text, depth);
  const named = [schemes, listed, headers, settings, query, dialled, options].reduce(
    (rest, mask) => mask(rest),
    byForm(withoutKnown(whole)),
  );
  const shown = webTokensMasked(named, (parts, at) => (parts[at] ?? '').length > 16).replace(base64, (run) =>
    holdsSecret(run, depth) ? masked : run,
  );
  return depth >= deepest || !encoded.test(shown) ? shown : shown.replace(/[^\s"'<>]+/g, (run) => encodedMasked(run, depth));
}

const deepest = 3;

const widthless = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;

/** Without letters that nobody sees, where a secret stands between them. */
function joined(text: string, depth: number): string {
  if (depth >= deepest || text.search(widthless) === -1) return text;
  const plain = text.replace(widthless, '');
  return withoutAnySecret(plain, deepest) === plain ? text : plain;
}

/** What stands for a letter of ASCII: `%2D`, `\u002d`, `&#45;`, `&#x2d;`. */
const letter = /%([2-7][\da-f])|\\u00([2-7][\da-f])|&#x0{0,4}([2-7][\da-f]);|&#0{0,4}(3[2-9]|[4-9]\d|1[01]\d|12[0-6]);/gi;
const encoded = new RegExp(letter.source, 'i');

function encodedMasked(run: string, depth: number): string {
  if (!encoded.test(run)) return run;
  const plain = run.replace(/\+/g, ' ').replace(letter, (_, ...[percent, json, html, decimal]: (string | undefined)[]) => {
    const hex = percent ?? json ?? html;
    return String.fromCharCode(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
  });
  const shown = withoutAnySecret(plain, depth + 1);
  return shown === plain ? run : shown;
}

function byForm(text: string): string {
  const shown = keys.reduce((rest, form) => rest.replace(form, masked), text);
  return shown
    .replace(bearer, masked)
    .replace(basic, (whole, said: string) => (holdsColon(said) ? masked : whole))
    .replace(beforeHost, `$1${masked}@`);
}

function schemes(text: string): string {
  return text.replace(/(?<!(?:^|[^\\])\w)Bearer\s+[\w.~+/=-]+/gi, masked);
}

/** A header, as a line of a raw request or as one of an object or a list: to the end of what it says. */
const header = new RegExp(
  String.raw`(?<!(?:^|[^\\])[\w-])((?:proxy-)?authorization|(?:set-)?cookie|x-[\w-]{0,60}(?:token|key|secret|signature|front))(\\*["']?\s{0,3}[:=,]\s{0,3})` +
    String.raw`(?:\[[^\]\r\n]{1,4000}(?:\]|$)|(\\*["'])(?:(?!\3)(?:\\.|[^\\\r\n])){1,4000}(?:\3|$)|[^\r\n]{1,4000})`,
  'gim',
);

/** A cookie has a name and a value, or letters of chance: no line of it is one of these words. */
const saysHow = /^(?:on|off|none|no|yes|true|false|missing|expired|invalid|required)(?![\w=-])[^=\r\n]*$/i;

function headers(text: string): string {
  return text.replace(header, (whole: string, name: string, is: string) =>
    saysHow.test(whole.slice(name.length + is.length)) && /cookie$/i.test(name) ? whole : `${name}${is}${masked}`,
  );
}

/** Single words that say how it is with a secret, not what it is. */
const harmless = /^(?:(?:true|false|null|undefined|none|missing|invalid|expired|required|empty)(?![^,;)}\]])|\[redacted|\$\{|arn:)/i;
const surelySecret = /pass|pwd|secret/i;
/** What may be a name that something is said of: found first, for most say no secret. */
const saidName = /(?<![\w.-])[\w.-]+(?=\\{0,8}["']?\s{0,3}[=:])/g;
/** What it is: a list, a block of YAML, between quotation marks, escaped or not, or to the next space. */
const saidValue = new RegExp(
  String.raw`(\\{0,8}["']?\s{0,3}(?:=>?|:)(\s{0,3}))` +
    String.raw`(?:(\[[^\]]{1,4000}(?:\]|$)|[|>][+-]?[ \t]*(?:\r?\n|\\{1,4}n)(?:[ \t]+(?:(?!\\{1,4}n)[^\r\n])*(?:\r?\n|\\{1,4}n|$)){1,200})` +
    String.raw`|(\\{0,8}["'])((?:(?!\4)(?:\\.|[^\\])){1,4000})(?:\4|$)|(?![{["'])([^\s"'&<>\\]{1,4000}))`,
  'y',
);
/** ARNs name what is secret, they do not say it. */
const inArn = /arn:[\w:/.-]{0,80}$/i;

/** `name=value`, `"name":"value"`, `name: value`. */
function settings(text: string): string {
  let shown = '';
  let done = 0;
  for (const { 0: name, index } of text.matchAll(saidName)) {
    if (index < done || !isLeftOut(name) || inArn.test(text.slice(Math.max(0, index - 84), index))) continue;
    saidValue.lastIndex = index + name.length;
    const [whole, is = '', gap = '', , quote = '', quoted, bare] = saidValue.exec(text) ?? [];
    if (whole === undefined) continue;
    const isShown = isInnocent({ name, gap, value: quoted ?? bare ?? '', isQuoted: quoted !== undefined });
    shown += text.slice(done, index) + name + (isShown ? whole : `${is}${quote}${masked}${quote}`);
    done = index + name.length + whole.length;
  }
  return shown + text.slice(done);
}

type Said = { readonly name: string; readonly gap: string; readonly value: string; readonly isQuoted: boolean };

/** In a sentence, such as "the token: expired", or how many there are, or of what kind: `token_type=Bearer`, `auth=iam`. */
function isInnocent({ name, gap, value, isQuoted }: Said): boolean {
  if (harmless.test(value) || (/\.[cm]?[jt]s$/.test(name) && isCount(value))) return true;
  if (surelySecret.test(name) && !isNameOfPlace(name)) return false;
  if (isNameOfPlace(name)) return /^[A-Z]?[a-z]{1,20}(?:[-_/][a-z]{1,20}){0,3}[.,;)]?$/.test(value) || isCount(value);
  const isOld = secretName.test(name);
  if (isCount(value)) return isOld || !isSurelySecretName(name);
  const isWord = /^[a-z]{1,12}[.,;]?$/.test(value);
  return isWord && ((gap !== '' && !isQuoted) || (!isOld && isVagueName(name)));
}

/** A number, or a line and a column: `at server.key:12:3`. */
function isCount(value: string): boolean {
  return /^\d{1,9}(?::\d{1,9})?(?![^,;)}\]])/.test(value);
}

/** `{ name: 'API_KEY', value: '…' }`, as environments and headers are listed, and `<password>…`. */
function listed(text: string): string {
  const pair =
    /((?:name|key|header)\\{0,8}["']?\s{0,3}[:=]\s{0,3}\\{0,8}["']?)([\w./-]{1,80})((?![\w./-])[^{}]{0,200}?value\\{0,8}["']?\s{0,3}[:=]\s{0,3}\\{0,8}["']?)([^\s"'\\,;]+)/gi;
  const element = /<([\w.:-]{1,80})>([^<]{1,4000})/g;
  return text
    .replace(pair, (whole, before: string, name: string, between: string) =>
      isLeftOut(name) ? `${before}${name}${between}${masked}` : whole,
    )
    .replace(element, (whole, name: string) => (isLeftOut(name) ? `<${name}>${masked}` : whole));
}

function query(text: string): string {
  return text
    .replace(/((?:[?&;]|\\u0026)(?:sig|key|code|state|auth|jwt|sid|session|assertion|ticket)=)[^\s&#"'<>\\]+/gi, `$1${masked}`)
    .replace(/(?<![\w-])((?:sig|assertion)=)[\w%+/=-]{8,}/gi, `$1${masked}`);
}

/** Before a host, with or without a scheme: `user:password@host`, `user:password@tcp(host)`. A port is no password. */
function dialled(text: string): string {
  return text
    .replace(/(:\/\/)[^/\s:@"'<>]{1,400}@/g, `$1${masked}@`)
    .replace(/(?<![\w.:@-])([\w.%+-]{1,80}):(?!\/\/|\d{1,5}[/?#])([^\s:"'<>]{1,200})@(?=[\w[(])/g, (whole, name: string) =>
      name.toLowerCase() === 'mailto' ? whole : `${name}:${masked}@`,
    );
}

/** On a command line: `--password value`, `-u name:value`. */
function options(text: string): string {
  return text.replace(
    /(?<!\S)(--[\w-]{1,60}|-u)([\s=]\s{0,3}|(?<=-u))(["']?)([^\s"']+)/g,
    (whole: string, ...[name = '', gap = '', quote = '', value = '']: string[]) =>
      (/user|-u/.test(name) ? value.includes(':') : isOptionOfSecret(name, value)) ? `${name}${gap}${quote}${masked}` : whole,
  );
}

function isOptionOfSecret(name: string, value: string): boolean {
  if (value.startsWith('-')) return false;
  return secretName.test(name) || (isSecretName(name) && !isInnocent({ name, gap: '', value, isQuoted: true }));
}

const base64 = /[\w+/-]{12,}={0,2}/g;
const shortestPacked = 12;
/** Letters of ASCII have no eighth bit: each group of four begins in the first half of the alphabet. */
const asciiPacked = /^(?:[A-Za-f][\w+/-]{3}){3}/;

/** What is said to be such a pair; the name may be left out, or in any language. */
function holdsColon(run: string): boolean {
  return /^[^:\p{Cc}]*:[^\p{Cc}]+$/u.test(Buffer.from(run, 'base64').toString('latin1'));
}

/** A text in base64 that is a pair of name and password, or holds what is masked elsewhere; also behind the parts of a path. */
function holdsSecret(run: string, depth: number): boolean {
  const parts = run.includes('/') ? [run, ...run.split('/').filter((part) => part.length >= shortestPacked)] : [run];
  return parts.some((part) => {
    if (!asciiPacked.test(part)) return false;
    const plain = Buffer.from(part, 'base64').toString('latin1');
    if (/^[\x21-\x39\x3b-\x7e]+:[\x20-\x7e]+$/.test(plain)) return true;
    return depth < deepest && /^[\t\r\n\x20-\x7e]{8,}$/.test(plain) && withoutAnySecret(plain, depth + 1) !== plain;
  });
}

/** By runs and their parts: a pattern that begins anew at each start of a token would take the square of the text's length. */
function webTokensMasked(text: string, isToken: (parts: readonly string[], at: number) => boolean): string {
  if (!text.includes(tokenStart)) return text;
  return text.replace(/[\w.-]+/g, (run) => {
    const parts = run.split('.');
    const shown: string[] = [];
    for (let at = 0; at < parts.length; at += 1) {
      const part = parts[at] ?? '';
      const start = part.indexOf(tokenStart);
      const isOne = start !== -1 && part.length > start + tokenStart.length && isToken(parts, at);
      shown.push(isOne ? part.slice(0, start) + masked : part);
      if (isOne) at += 2;
    }
    return shown.join('.');
  });
}

/** The values this process works with, newest last, as they are and as they travel. */
const known = new Map<string, readonly string[]>();
const mostKnown = 500;
/** Less is no key, and stands in other words. */
const shortestKnown = 8;

/** From now on this value is masked wherever it is logged or told, whatever it looks like. */
export function noteSecret(value: string): void {
  if (value.length < shortestKnown) return;
  known.delete(value);
  known.set(value, [
    ...new Set([value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), Buffer.from(value).toString('base64')]),
  ]);
  for (const [oldest] of known) if (known.size > mostKnown) known.delete(oldest);
}

function withoutKnown(text: string): string {
  let shown = text;
  for (const forms of known.values()) for (const form of forms) if (shown.includes(form)) shown = shown.replaceAll(form, masked);
  return shown;
}
