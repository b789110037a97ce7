/** Stands where a secret stood. */
export const masked = '[redacted]';

/** Names of what is secret, as people write them: `DB_PASSWORD`, `apiKey`, `client-secret`, `Set-Cookie`. */
export const secretName =
  /token|secret|passw|passphrase|pwd|authorization|credential|api[-_]?key|access[-_]?key|private[-_]?key|signature|cookie|response[-_]?url|dsn$|webhook/i;

/** Keys by how their makers begin them. Not longer than they are: what follows belongs to others. */
const keys = [
  /xox[a-z]-[\w-]+|xapp-[\w-]+/g,
  /A(?:K|S)IA[0-9A-Z]{16}/g,
  /(?<![\w-])(?:gh[pousr]_\w{16,}|github_pat_\w{16,}|AT[AC]TT[\w=-]{16,}|glpat-[\w-]{16,}|sk-[\w-]{16,}|[sr]k_(?:live|test)_\w{16,})/g,
  /(?<![\w-])(?:npm_\w{30,}|pypi-[\w-]{30,}|hf_\w{20,}|dop_v1_\w{30,}|shpat_\w{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|AIza[\w-]{30,}|ya29\.[\w-]{20,})/g,
  /hooks\.slack\.com\/\S+/g,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
];
const bearer = /(?<!\w)Bearer\s+[\w.~+/=-]+/gi;
/** What follows must say `name:password`, for `basic` is a word too. */
const basic = /(?<!\w)Basic\s+([\w+/=-]{4,})/gi;
/** Who one is, before the host of an address. */
const beforeHost = /(:\/\/)[^/\s@"'<>]{1,400}@/g;
/** `{"` in base64url: how the first of a web token's three parts begins. */
const tokenStart = 'eyJ';

/**
 * The text without what is a secret by its form alone. It is also read by models and people, who need what only looks like one: a page about
 * tokens, the cursor of a list.
 */
export function withoutSecrets(text: string): string {
  return webTokensMasked(byForm(withoutKnown(text)), (parts, at) => Boolean(parts[at + 1] && parts[at + 2]));
}

/**
 * The text for a log, where nobody misses what was masked in vain: also without what is named a secret, without halves of web tokens, without
 * `name:password` in base64, and all of it in what is percent-encoded.
 */
export function withoutAnySecret(text: string, depth = 0): string {
  const named = [headers, settings, pairs, query, dialled, options].reduce((rest, mask) => mask(rest), byForm(withoutKnown(text)));
  const shown = webTokensMasked(named, (parts, at) => (parts[at] ?? '').length > 16).replace(base64, (run) =>
    isNamePassword(run) ? masked : run,
  );
  return depth > 2 || !percent.test(shown) ? shown : shown.replace(/[^\s"'<>]+/g, (run) => encodedMasked(run, depth));
}

const percent = /%[2-7][\da-f]/i;

function encodedMasked(run: string, depth: number): string {
  if (!percent.test(run)) return run;
  const plain = run.replace(/\+/g, ' ').replace(/%([2-7][\da-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const shown = withoutAnySecret(plain, depth + 1);
  return shown === plain ? run : shown;
}

function byForm(text: string): string {
  const shown = keys.reduce((rest, form) => rest.replace(form, masked), text);
  return shown
    .replace(bearer, masked)
    .replace(basic, (whole, said: string) => (isNamePassword(said) ? masked : whole))
    .replace(beforeHost, `$1${masked}@`);
}

/** A header of a raw request, to the end of its line or of its quotation marks. */
function headers(text: string): string {
  const header =
    /(?<![\w-])((?:proxy-)?authorization|(?:set-)?cookie|x-[\w-]{0,60}(?:token|key|secret|signature))(\\*["']?\s{0,3}[:=,]\s{0,3}\\*["']?)([^\r\n"'\\]+)/gi;
  return text.replace(header, `$1$2${masked}`);
}

/** Single words and numbers that say how it is with a secret, not what it is. */
const harmless =
  /^(?:(?:\d{1,9}|true|false|null|undefined|none|missing|invalid|expired|required|empty)(?![^,;)}\]])|\[redacted|\$\{|arn:)/i;
/** Between quotation marks, escaped or not, or to the next space. */
const setting = new RegExp(
  String.raw`(?<![\w.-])(?<!arn:[\w:/.-]{0,80})([\w.-]{0,80}?(?:${secretName.source})[\w.-]{0,80}\\{0,8}["']?\s{0,3}(?:=>?|:)(\s{0,3}))` +
    String.raw`(?:(\\{0,8}["'])((?:(?!\3)(?:\\.|[^\\])){1,4000})(?:\3|$)|(?![{["'])([^\s"'&<>\\]{1,4000}))`,
  'gi',
);

/** `name=value`, `"name":"value"`, `name: value`. */
function settings(text: string): string {
  return text.replace(setting, (whole: string, ...[named = '', gap = '', quote = '', quoted = '', bare = '']: (string | undefined)[]) => {
    // In a sentence, such as "the token: expired".
    const isSaid = gap !== '' && /^[a-z]{1,12}[.,;]?$/.test(bare) && !/passw|pwd|secret/i.test(named);
    return isSaid || harmless.test(quoted || bare) ? whole : `${named}${quote}${masked}${quote}`;
  });
}

/** `{ name: 'API_KEY', value: '…' }`, as environments and headers are listed. */
function pairs(text: string): string {
  const pair =
    /((?:name|key|header)\\{0,8}["']?\s{0,3}[:=]\s{0,3}\\{0,8}["']?)([\w.-]{1,80})(\\{0,8}["']?[,\s]{1,3}\\{0,8}["']?value\\{0,8}["']?\s{0,3}[:=]\s{0,3}\\{0,8}["']?)([^\s"'\\,;]+)/gi;
  return text.replace(pair, (whole, before: string, name: string, between: string) =>
    secretName.test(name) ? `${before}${name}${between}${masked}` : whole,
  );
}

function query(text: string): string {
  return text.replace(/([?&](?:sig|key|code|state|auth|jwt|sid|session|assertion|ticket)=)[^\s&#"'<>]+/gi, `$1${masked}`);
}

/** Before a host without a scheme: `user:password@host`, `user:password@tcp(host)`. */
function dialled(text: string): string {
  return text.replace(/(?<![\w./:@-])([\w.%+-]{1,80}):([^\s:@/"'<>]{1,200})@(?=[\w[(])/g, (whole, name: string) =>
    name.toLowerCase() === 'mailto' ? whole : `${name}:${masked}@`,
  );
}

/** On a command line: `--password value`, `-u name:value`. */
function options(text: string): string {
  return text.replace(/(?<!\S)(--[\w-]{1,60}\s{1,3}|-u\s{0,3})(["']?)([^\s"']+)/g, (whole, option: string, quote: string, value: string) =>
    (option.startsWith('--') ? secretName.test(option) && !value.startsWith('-') : value.includes(':'))
      ? `${option}${quote}${masked}`
      : whole,
  );
}

const base64 = /[\w+/-]{12,}={0,2}/g;

function isNamePassword(run: string): boolean {
  return /^[\x21-\x39\x3b-\x7e]+:[\x20-\x7e]+$/.test(Buffer.from(run, 'base64').toString('latin1'));
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
