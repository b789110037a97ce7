import { isNameOfPlace, isSecretName, isSurelySecretName } from '@vera/service-kit/secret-names';
import { type Json, parsedOf } from '../json/json.ts';
import { isReference, isSecretUnder } from './secret-under.ts';

/** Names of members that name another one's value, as in the environment of a container. */
const nameMembers =
  /^(?:name|key|k|id|var|variable|env|header|header_?name|parameter_?key|option_?name|parameter_?name|env_?name|setting|property|field)$/i;
const valueMembers = /(?:^|_|[a-z])(?:value|content|val)s?$|^(?:v|data|text|default|plaintext|string)$/i;
const nameShape = /^[\w./-]{1,80}$/;

/** The members of an object whose values are secret for what a member beside them is named. */
export function pairedSecrets(content: Readonly<Record<string, Json>>): ReadonlySet<string> {
  const entries = Object.entries(content);
  const naming = entries.filter((entry): entry is [string, string] => isNaming(...entry));
  if (naming.length === 0) return new Set();
  // Under a password's name nothing else is told, whatever it is called; other names are also those of something else.
  const isWhole = naming.some(([key, name]) => nameMembers.test(key) && isSurelySecretName(name));
  const isPaired = (key: string) => valueMembers.test(key) || entries.length === 2 || (isWhole && !nameMembers.test(key));
  const isSecret = (key: string, value: Json) =>
    !naming.some(([other]) => other === key) &&
    isPaired(key) &&
    !isNameOfPlace(key) &&
    typeof value !== 'boolean' &&
    // Of a stack that is called after the secret it makes: a template is looked at member by member.
    !(key === 'template_body' && typeof value === 'string' && parsedOf(value) !== undefined) &&
    (typeof value !== 'string' || (isWhole ? !isReference(value) : naming.some(([, name]) => isSecretUnder(name, value))));
  return new Set(entries.flatMap(([key, value]) => (isSecret(key, value) ? [key] : [])));
}

function isNaming(key: string, value: Json): boolean {
  return typeof value === 'string' && nameShape.test(value) && isSecretName(value) && !(valueMembers.test(key) && !nameMembers.test(key));
}

const option = /^-{1,2}([\w.-]{1,80})$/;
/** What stands before an argument and says what it is: the program and a few more. */
const lookBack = 6;

/** The places in a list of arguments at which a secret stands for what stands before it: `--password`, `-u name:…`. */
export function secretArguments(items: readonly Json[], holdsSecret: (text: string) => boolean): ReadonlySet<number> {
  const found = new Set<number>();
  // Each argument as it would stand on one line; a secret as what only refers to one.
  const line: string[] = [];
  const lineTo = (from: number) => [line[0], ...line.slice(Math.max(1, from))].join(' ');
  for (const [at, item] of items.entries()) {
    const text = typeof item === 'number' ? String(item) : item;
    if (typeof text !== 'string') return found;
    const before = line.at(-1) ?? '';
    const [, name] = option.exec(before) ?? [];
    const isNamed = name !== undefined && !text.startsWith('-') && isSecretUnder(name, text);
    line.push(text);
    if (isNamed || (mayHide(before, text) && holdsSecret(lineTo(at - lookBack)))) {
      found.add(at);
      line[at] = '${}';
    }
  }
  return found;
}

/** Only short options are told from what they mean by the program before them. */
function mayHide(before: string, text: string): boolean {
  return text.length < 500 && (/^-\w/.test(text) || /^-{1,2}\w[\w-]*$/.test(before) || /^(?:login|pass(?:word)?)$/.test(before));
}
