import { isSurelySecretName } from '@vera/service-kit/secret-names';
import { deepest, isList, isObject, type Json, memberOf, parsedOf, textOf } from '../json/json.ts';
import { isPolicyText } from '../json/policy.ts';
import { remembered } from './remembered.ts';
import { pairedSecrets, secretArguments } from './secret-members.ts';
import { hasSecretShape } from './secret-shapes.ts';
import { isSecretUnder } from './secret-under.ts';
import { writtenPairs } from './written-pairs.ts';

/** What runs on a machine when it starts may hold anything. */
const scripts = /(?:user|custom)[_-]?data|(?:startup|shutdown|init|specialize)[_-]?script|cloud[_-]?init/i;
const scriptStarts = /^\s*(?:#cloud-config|#!\s*\/|<powershell>|<script>|Content-Type: multipart\/)/;

/** Whether a text is to be hidden for the name of the attribute it stands under, or for what it is. */
export function looksSecret(name: string, text: string): boolean {
  return isSecretUnder(name, text) || isScript(name, text) || holdsSecret(text);
}

function isScript(name: string, text: string): boolean {
  return (scripts.test(name) && !/(?:url|uri|arn|id|name|hash|path|location)$/i.test(name) && text !== '') || scriptStarts.test(text);
}

const holdsSecret = remembered((text) => isSecretInside(text, 0));

function isSecretInside(text: string, depth: number): boolean {
  if (hasSecretShape(text) || (/,|\n/.test(text) && hasSecretShape(onOneLine(text)))) return true;
  const content = parsedOf(text);
  // JSON is looked at member by member: here, or where it is told by its members.
  if (content !== undefined) return depth > 0 && secretsIn(content).length > 0;
  if (writtenPairs(text).some(({ name, value }) => isSecretUnder(name, value))) return true;
  return depth < 3 && text.length >= shortestPacked && unpackedIn(text).some((inside) => isSecretInside(inside, depth + 1));
}

/** A list of arguments in a text (`["mysql", "-pX"]`, or YAML's) as a command. */
function onOneLine(text: string): string {
  return text.replaceAll(/\\{0,8}["']\s{0,80},\s{0,80}\\{0,8}["']|[[({]\s{0,80}\\{0,8}["']|\s{0,80}\n[ \t]{0,80}-[ \t]{1,80}/g, ' ');
}

/** What a text says in base64, as user data does, as a string of JSON, or as part of an address. */
function unpackedIn(text: string): string[] {
  const packed = text.trim();
  if (packed.startsWith('"')) {
    const inside = textOf(memberOf(parsedOf(`[${packed}]`), 0));
    if (inside !== undefined) return [inside];
  }
  const encoded = /%3[ad]/i.test(packed)
    ? [packed.replaceAll(/%([2-7][\da-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))]
    : [];
  const runs = /^[A-Za-z\d+/_\s-]+={0,2}$/.test(packed) ? [packed] : [...packed.matchAll(/[A-Za-z\d+/_-]{16,}={0,2}/g)].map(([run]) => run);
  return [...encoded, ...runs.flatMap((run) => plainOf(run))];
}

/** Shorter ones say nothing. */
const shortestPacked = 16;

function plainOf(packed: string): string[] {
  const plain = packed.length < shortestPacked ? '\ufffd' : Buffer.from(packed, 'base64').toString('utf8');
  return plain.includes('\ufffd') ? [] : [plain];
}

/** The JSON in a text, if something in it is secret; undefined otherwise. */
export function secretJson(text: string): Json | undefined {
  const content = parsedOf(text);
  return content !== undefined && secretsIn(content).length > 0 ? content : undefined;
}

/** Which members of an object, or items of a list, are secret for what stands beside them. */
export function secretsBeside(content: Json): ReadonlySet<string | number> {
  if (isList(content)) return secretArguments(content, holdsSecret);
  return isObject(content) ? pairedSecrets(content) : new Set();
}

/** The texts anywhere in a value that are secret by their looks. */
export function secretsIn(content: Json | undefined, name = '', depth = 0): string[] {
  if (depth > deepest) return [''];
  if (typeof content === 'string') {
    if (looksSecret(name, content)) return [content];
    const inside = parsedOf(content);
    return inside === undefined || isPolicyText(content) ? [] : secretsIn(inside, name, depth + 1);
  }
  if (typeof content === 'number') return isSurelySecretName(name) ? [String(content)] : [];
  if (typeof content !== 'object' || content === null) return [];
  const beside = secretsBeside(content);
  const inside = (inner: Json, key: string | number) =>
    beside.has(key) ? textsIn(inner) : secretsIn(inner, typeof key === 'string' ? key : name, depth + 1);
  return isList(content)
    ? content.flatMap((item, at) => inside(item, at))
    : Object.entries(content).flatMap(([key, inner]: [string, Json]) => inside(inner, key));
}

/** Every text and number in a value. */
export function textsIn(content: Json, depth = 0): string[] {
  if (typeof content !== 'object' || content === null) return [String(content)];
  return depth > deepest ? [''] : Object.values(content).flatMap((inner: Json) => textsIn(inner, depth + 1));
}
