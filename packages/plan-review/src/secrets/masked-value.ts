import { isSurelySecretName } from '@vera/service-kit/secret-names';
import { deepest, entriesOf, isList, isObject, type Json, memberOf } from '../json/json.ts';
import { isPolicyText } from '../json/policy.ts';
import { looksSecret, secretJson, secretsBeside } from './looks-secret.ts';

/** What a resource's attribute holds, fit to be shown: secrets are gone, what only an apply can tell is told apart. */
export type Value = null | boolean | number | string | Hidden | Unknown | readonly Value[] | { readonly [key: string]: Value };

/** A value that only the apply will tell. */
export class Unknown {
  readonly #isUnknown = true;

  toString(): string {
    return this.#isUnknown ? 'known after apply' : '';
  }
}

/** A value that Terraform marks as sensitive. It can be compared, never read. */
export class Hidden {
  readonly #content: string;

  constructor(content: Json) {
    this.#content = textOfAny(content);
  }

  equals(other: Hidden): boolean {
    return this.#content === other.#content;
  }
}

type Marks = {
  readonly value: Json | undefined;
  /** `before_sensitive` and `after_sensitive`: what either calls sensitive is hidden on both sides. */
  readonly sensitive: readonly (Json | undefined)[];
  /** `after_unknown`. */
  readonly unknown?: Json | undefined;
  /** What it is called: providers do not mark everything that is a secret. */
  readonly name?: string;
};

export function maskedValue(
  { value, sensitive, unknown: unknowns, name = '' }: Marks,
  isSecret: (text: string) => boolean,
  depth = 0,
): Value {
  const content = value ?? null;
  if (unknowns === true) return new Unknown();
  if (sensitive.some((mark) => isMark(mark)) || depth > deepest) return new Hidden(content);
  const beside = secretsBeside(content);
  const inside = (key: string | number): Value =>
    maskedValue(
      {
        value: memberOf(content, key),
        sensitive: [...sensitive.map((mark) => memberOf(mark, key)), beside.has(key)],
        unknown: memberOf(unknowns, key),
        name: typeof key === 'string' ? key : name,
      },
      isSecret,
      depth + 1,
    );
  if (isList(content)) return content.map((_, index) => inside(index));
  if (isObject(content)) {
    const keys = new Set([...Object.keys(content), ...entriesOf(unknowns).map(([key]) => key)]);
    return Object.fromEntries([...keys].map((key) => [key, inside(key)]));
  }
  // The marks do not fit the value: better hidden than shown.
  if (sensitive.some((mark) => holdsMark(mark))) return new Hidden(content);
  if (typeof content === 'number' && isSurelySecretName(name)) return new Hidden(content);
  return typeof content === 'string' ? maskedText(content, name, isSecret, depth) : content;
}

/** A text that holds secrets among other things, as containers' environments do in JSON, is told by its members. */
function maskedText(text: string, name: string, isSecret: (text: string) => boolean, depth: number): Value {
  if (looksSecret(name, text)) return new Hidden(text);
  const content = isPolicyText(text) ? undefined : secretJson(text);
  if (content !== undefined) return maskedValue({ value: content, sensitive: [], name }, isSecret, depth + 1);
  return isSecret(text) ? new Hidden(text) : text;
}

function isMark(mark: Json | undefined): boolean {
  return mark === true || (mark !== undefined && mark !== null && mark !== false && typeof mark !== 'object');
}

export function holdsMark(mark: Json | undefined, depth = 0): boolean {
  if (isMark(mark)) return true;
  if (typeof mark !== 'object' || mark === null || depth > deepest) return depth > deepest;
  return Object.values(mark).some((inner: Json) => holdsMark(inner, depth + 1));
}

function textOfAny(content: Json): string {
  try {
    return JSON.stringify(content);
  } catch {
    // Nested too deeply to be written: two of these count as different.
    return crypto.randomUUID();
  }
}

/** The value at a path; `undefined` where there is none. Inside what is hidden or unknown, everything is. */
export function valueAt(value: Value, ...path: readonly (string | number)[]): Value | undefined {
  let found: Value | undefined = value;
  for (const step of path) {
    if (found instanceof Unknown || found instanceof Hidden) return found;
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Readonly<Record<string | number, Value>>)[step];
  }
  return found;
}

/** As JSON, with words for what cannot be shown. */
export function plainOf(value: Value): Json {
  if (value instanceof Hidden) return '(sensitive)';
  if (value instanceof Unknown) return '(known after apply)';
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Value) => plainOf(item));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainOf(inner as Value)]));
}

/** Every text that can be shown at a path or below it. */
export function textsOf(value: Value, path: readonly (string | number)[] = []): string[] {
  const found = valueAt(value, ...path);
  if (typeof found === 'string') return [found];
  if (typeof found !== 'object' || found === null || found instanceof Hidden) return [];
  return Object.values(found as Readonly<Record<string, Value>>).flatMap((inner) => textsOf(inner));
}
