/**
 * Whether something is a secret for its name, as people write them: `DB_PASSWORD`, `apiKey`, `client-secret`, `tunnel1_preshared_key`. A name is
 * read word by word, and the last word says what it is: `secret_name` says where a secret is, `kms_key_id` which key.
 */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  if (isPlace(words)) return secretPlaces.test(words.join(' '));
  return words.some((word) => surely.test(word) || likely.test(word)) || isPhrase(words) || isWeak(words);
}

/** Whether not even a number or a word in capitals under this name is only a setting. */
export function isSurelySecretName(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (isPlace(words) || bounds.test(words[0] ?? '')) return false;
  return (surely.test(last) && !/(?:secret|passw\w*|key)s$/.test(last)) || alone.test(last) || (last === 'key' && isPhrase(words));
}

/** Whether a name says so by a word that is as often something else: what is a plain word under it is a setting. */
export function isVagueName(name: string): boolean {
  return /^(?:auth|authorization|tokens|cookies?|signing|signature|bearer|webhooks?|seed)$/.test(wordsOf(name).at(-1) ?? '');
}

/** Whether a name says where something is, or how it is kept: `secret_arn`, `token_validity`. */
export function isNameOfPlace(name: string): boolean {
  return isPlace(wordsOf(name));
}

/** `apiKey`, `API_KEY` and `api-key` are `api` and `key`. What only tells several of them apart, at the end, is left out. */
function wordsOf(name: string): string[] {
  const words = name
    .slice(0, longest)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .map((word) => word.replace(/(?<=\D\D)\d+$/, ''))
    .filter((word) => word !== '');
  while (words.length > 1 && apart.test(words.at(-1) ?? '')) words.pop();
  return words;
}

/** Nobody names anything by more. */
const longest = 200;
const apart =
  /^(?:\d+|old|new|now|prev|previous|current|next|primary|secondary|first|second|main|backup|default|prod|production|staging|dev|test|live|value|val|text|plain|plaintext|clear|raw|data|content|base|b64|hex|pem|json|env|var|bytes)$/;

/** Anywhere in a word, for words are written together as well: `dbpassword`, `PGPASSWORD`. */
const surely =
  /secret|passw|passphrase|passcode|passkey|pwd|(?:api|access|account|private|encryption|signing|master|session|shared|client|service|storage|license|ssh|auth|admin|deploy|crypt|hmac|jwt)keys?$|(?<!by|com|sur|tres)pass$/;
const likely = /token|credential|webhook|authorization|^signing$|dsn$|^connstr$|connectionstring/;
/** Two words that are a secret together. */
const phrases =
  /(?:private|signing|encryption|api|access|account|secret|master|session|shared|preshared|hmac|jwt) keys?\b|connection str\b|conn(?:ection)? string\b|conn str\b|^connection$|x vera front|origin verify/;
/** Those that mean a secret where they stand last. */
const weak =
  /^(?:key|pw|creds?|pat|auth|cookies?|signature|salt|pepper|psk|bearer|jwt|otp|totp|mnemonic|seed|kubeconfig|netrc|dockerconfigjson|keystore)$/;
const alone = /^(?:token|credential|pw|psk|salt|pepper|otp|creds?|pat)$/;
const bounds = /^(?:max|min|maximum|minimum)$/;

function isPhrase(words: readonly string[]): boolean {
  return !isOpen(words) && phrases.test(words.join(' '));
}

/** `key` alone names whatever stands beside it. */
function isWeak(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  return weak.test(last) && (last !== 'key' || (words.length > 1 && !isOpen(words) && !openKeys.test(words.at(-2) ?? '')));
}

/** What is public, and keys of the key service, which never leave it. */
function isOpen(words: readonly string[]): boolean {
  return words.some((word) => /^(?:public|pub|kms|cmk|sse)$/.test(word));
}

/** Whose keys open nothing: a table's, an object's, a map's. */
const openKeys =
  /^(?:hash|range|sort|partition|primary|foreign|s3|object|bucket|routing|dedup|deduplication|idempotency|cache|tags?|group|metric|log|event|message|context|condition|label|attribute|item|column|index|unique|row|map|field|state|lookup|parameter|config|registry|translation|search|document|image|archive|code|template|lock|order|thread|question|path|file|own|record|feature|verification|verify|resource)$/;

function isPlace(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  return placeEnds.test(last) || placeWords.test(last);
}

const placeEnds =
  /(?:arns?|names?|ids?|types?|location|prefix|suffix|days?|versions?|source|provider|policy|identifiers?|enabled|disabled|length|validity|from|urls?|uris?|endpoints?)$/;
const placeWords =
  /^(?:counts?|limits?|size|seconds|minutes|hours|ttl|age|expiry|expires|expiration|algorithms?|alg|specs?|usages?|rotation|format|encoding|scopes?|issuer|audience|modes?|status|path|file|filename|directory|folder|host|port|region|alias|description|schema|methods?|class|fingerprint|thumbprint|period|interval|window|lifetime|rules?|required|behaviou?r|handling|portal|service|server|manager|group|role|user|function)$/;
/** An address that is itself the secret: who knows it may post there. */
const secretPlaces = /(?:webhook|response|hook) (?:url|uri|endpoint)$/;
