import { deepest, isList, isObject, type Json, memberOf, parsedOf, textOf } from '../json/json.ts';
import { isPolicyText } from '../json/policy.ts';

/** Names of what is a secret, as people write them: `DB_PASSWORD`, `apiKey`, `client-secret`. */
const secretNames =
  /secret|passw|passphrase|pass$|pass_|pwd|token|credential|api[_.-]?key|access[_.-]?key|account[_.-]?key|private[_.-]?key|encryption[_.-]?key|signing|authorization|connection[_.-]?string|dsn$|webhook/i;
/** `secret_name` says where a secret is, not what it is. */
const harmlessNames =
  /(?:arn|name|id|ids|type|location|prefix|days|version|source|provider|policy|identifier|enabled|length|validity|from|url|uri|endpoint)$/i;
/** Here not even a number or a word in capitals is only a setting. */
const surelySecret = /(?:passw(?:or)?d|passphrase|pwd|secret|private[_.-]?key|api[_.-]?key)$/i;
const onlySetting = /^(?:\d{1,9}|[A-Z_]+)$/;
const reference = /^(?:arn:[\w-]+:.*|\$\{[^{}]*\})?$/;
/** What runs on a machine when it starts may hold anything. */
const scripts = /(?:user|custom)_?data|startup[_-]?script|init[_-]?script|cloud[_-]?init/i;

/** Whether a text is to be hidden for the name of the attribute it stands under, or for what it is. */
export function looksSecret(name: string, text: string): boolean {
  return isSecretUnder(name, text) || (scripts.test(name) && !harmlessNames.test(name) && text !== '') || holdsSecret(text);
}

function isSecretName(name: string): boolean {
  return secretNames.test(name) && !harmlessNames.test(name);
}

function isSecretUnder(name: string, text: string): boolean {
  if (!isSecretName(name) || reference.test(text)) return false;
  return surelySecret.test(name) || !onlySetting.test(text);
}

const shapes = [
  /(?<!\w)(?:xox[a-z]-|xapp-|gh[pousr]_|github_pat_|AKIA|ASIA|ATATT|ATCTT|glpat-|sk-|[sr]k_(?:live|test)_|npm_|pypi-|hf_|dop_v1_|shpat_|SG\.|AIza|ya29\.)[\w-]{10,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  // A web token, by how `{"` begins in base64url.
  /(?<![\w-])eyJ[\w-]{8,}\.[\w-]+/,
  // A password, or a long key, before the host of an address.
  /:\/\/[^/\s:@]*:[^/\s@]+@|:\/\/[^/\s:@]{16,}@|(?<![^\s"'=])[^\s:@/"'=]+:[^\s@/]+@(?:tcp|unix)\(/,
  /[?&](?:sig|signature|x-amz-signature|x-goog-signature|key|code)=[^&\s]{8,}/i,
  /hooks\.slack\.com\/(?:services|workflows|triggers)\/\w/i,
  /(?<!\w)(?:bearer|basic)\s+[\w.~+/=-]{8,}/i,
  // On a command line, in a cookie, in `.netrc`.
  /\s(?:-u|--user)[ =]["']?[^\s:"']{1,80}:[^\s"']/,
  /(?<!\w)(?:mysql|mysqldump|mariadb)\s[^\n]{0,200}\s-p[^\s-]/,
  /(?<!\w)cookie["']?:\s*["']?[^\s=;]{1,80}=[^\s;]/i,
  /(?<!\w)login\s{1,9}\S{1,80}\s{1,9}password\s{1,9}\S/i,
];

/** A name and its value in a text: `NAME=value`, `name: value`, `"name":"value"`, `--name value`. It begins with a word and looks ahead a little only: its time is linear. */
const assignments =
  /(?<![\w.-])-{0,2}([\w.-]+)\\{0,8}["']?\s*(?:=>?|:(?=[\s"'\\])|(?<=--[\w-]{1,40})\s)\s*(?=\\{0,8}["']?([^\s"';,&\\]{1,300}))/g;

/** A secret by how it is written, whatever it is called. */
export function hasSecretShape(text: string): boolean {
  return shapes.some((shape) => shape.test(text));
}

/** Further ways to write a name and its value in a text: in YAML's pairs, in XML, in a Dockerfile, with nothing but a colon. */
const otherAssignments: readonly RegExp[] = [
  /(?<!\w)(?:name|key)["']?\s{0,9}[:=]\s{0,9}["']?([\w.-]{1,80})["']?,?\s{1,40}["']?value["']?\s{0,9}[:=]\s{0,9}["']?([^\s"']{1,300})/gi,
  /<([\w.-]{1,80})>\s{0,40}([^\s<]{1,300})/g,
  /(?<!\w)(?:ENV|ARG|export|setx?)\s{1,9}([\w.-]{1,80})\s{1,9}([^\s=]{1,300})/g,
  // Not inside an ARN, where `secret:` says what is named.
  /(?<![\w.:/-])([\w.-]{0,80}(?:passw(?:or)?d|secret|token|api[_.-]?key)):([^\s:"',;]{6,300})/gi,
];

function holdsSecret(text: string, depth = 0): boolean {
  if (hasSecretShape(text)) return true;
  const content = parsedOf(text);
  // JSON is looked at member by member: here, or where it is told by its members.
  if (content !== undefined) return depth > 0 && secretsIn(content).length > 0;
  for (const [, name = '', value = ''] of text.matchAll(assignments)) if (isSecretUnder(name, value)) return true;
  for (const pattern of otherAssignments)
    for (const [, name = '', value = ''] of text.matchAll(pattern)) if (isSecretUnder(name, value)) return true;
  const inside = depth < 3 ? unpacked(text) : undefined;
  return inside !== undefined && holdsSecret(inside, depth + 1);
}

/** What a text says in base64, as user data does, as a string of JSON, or as part of an address; undefined where it is none of them. */
function unpacked(text: string): string | undefined {
  const packed = text.trim();
  if (packed.startsWith('"')) return textOf(memberOf(parsedOf(`[${packed}]`), 0));
  if (/%3a/i.test(packed)) return packed.replaceAll(/%([2-7][\da-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  if (packed.length < 16 || !/^[A-Za-z\d+/_\s-]+={0,2}$/.test(packed)) return undefined;
  const plain = Buffer.from(packed, 'base64').toString('utf8');
  return plain.includes('\ufffd') ? undefined : plain;
}

/** Names of members that name another one's value, as in the environment of a container. */
const nameMembers = ['name', 'key', 'variable', 'header', 'parameter_key', 'parameterkey', 'option_name', 'parameter_name', 'field'];

/** The members of an object whose values are secret for what a member beside them is named. */
export function pairedSecrets(content: Readonly<Record<string, Json>>): ReadonlySet<string> {
  const isNaming = (key: string) => nameMembers.includes(key.toLowerCase());
  const named = Object.entries(content).some(([key, value]) => isNaming(key) && typeof value === 'string' && isSecretName(value));
  if (!named) return besideSecretName(content);
  const isHarmless = (key: string, value: Json) =>
    isNaming(key) ||
    // Of a stack that is called after the secret it makes: a template is looked at member by member.
    (key === 'template_body' && typeof value === 'string' && parsedOf(value) !== undefined) ||
    harmlessNames.test(key) ||
    (typeof value === 'string' && reference.test(value));
  return new Set(Object.entries(content).flatMap(([key, value]) => (isHarmless(key, value) || typeof value === 'boolean' ? [] : [key])));
}

/** Whatever the members are called: a value beside the name of a secret. */
function besideSecretName(content: Readonly<Record<string, Json>>): ReadonlySet<string> {
  const entries = Object.entries(content);
  const values = entries.filter(
    ([key, value]) => /(?:^|_|[a-z])(?:value|content)$/i.test(key) && !(typeof value === 'string' && reference.test(value)),
  );
  const isNamed = entries.some(([, value]) => typeof value === 'string' && /^[\w.-]{1,80}$/.test(value) && isSecretName(value));
  return new Set(isNamed ? values.map(([key]) => key) : []);
}

/** The JSON in a text, if something in it is secret; undefined otherwise. */
export function secretJson(text: string): Json | undefined {
  const content = parsedOf(text);
  return content !== undefined && secretsIn(content).length > 0 ? content : undefined;
}

/** The texts anywhere in a value that are secret by their looks. */
export function secretsIn(content: Json | undefined, name = '', depth = 0): string[] {
  if (depth > deepest) return [''];
  if (typeof content === 'string') {
    if (looksSecret(name, content)) return [content];
    const inside = parsedOf(content);
    return inside === undefined || isPolicyText(content) ? [] : secretsIn(inside, name, depth + 1);
  }
  if (typeof content === 'number') return isSecretNumber(name) ? [String(content)] : [];
  if (isList(content)) return content.flatMap((item) => secretsIn(item, name, depth + 1));
  if (!isObject(content)) return [];
  const paired = pairedSecrets(content);
  return Object.entries(content).flatMap(([key, inner]) => (paired.has(key) ? textsIn(inner) : secretsIn(inner, key, depth + 1)));
}

export function isSecretNumber(name: string): boolean {
  return surelySecret.test(name);
}

function textsIn(content: Json, depth = 0): string[] {
  if (typeof content !== 'object' || content === null) return [String(content)];
  return depth > deepest ? [''] : Object.values(content).flatMap((inner: Json) => textsIn(inner, depth + 1));
}
