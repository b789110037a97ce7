import { salientWordsOf } from '@vera/stand-in-kit/language/words-of';
import type { ToolSpec } from '../runtime/converse-request.ts';
import { arithmeticIn } from './arithmetic-in.ts';
import { cqlFor, jqlFor } from './compose-query.ts';
import { timeZoneIn } from './time-zone-in.ts';

/** Arguments for a tool, and the words of the question that went into them. */
export interface Filled {
  readonly input: Readonly<Record<string, unknown>>;
  readonly words: readonly string[];
}

export interface Wish {
  /** The part of the question this call is for. */
  readonly clause: string;
  /** The same condensed, with what earlier turns add. */
  readonly query: string;
}

interface Property {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly format?: string;
}

interface Found {
  readonly value: unknown;
  readonly words: string;
}

/** Fills a tool's arguments from a question; undefined when one that is required cannot be found in it. */
export function fillArguments({ description, inputSchema }: ToolSpec, wish: Wish): Filled | undefined {
  const { properties = {}, required = [] } = (inputSchema.json ?? {}) as {
    properties?: Record<string, Property>;
    required?: readonly string[];
  };
  const input: Record<string, unknown> = {};
  const words: string[] = [];
  for (const [name, property] of Object.entries(properties)) {
    const isRequired = required.includes(name);
    const found = valueFor(name, property, wish, isRequired) ?? advisedValue(name, property, description);
    if (!found && isRequired) return undefined;
    if (!found) continue;
    input[name] = found.value;
    words.push(...salientWordsOf(found.words));
  }
  return { input, words };
}

/** "Take limit 100", says a description. */
function advisedValue(name: string, property: Property, description = ''): Found | undefined {
  const isWhole = typeOf(property) === 'integer' && /^\w+$/.test(name);
  const number = isWhole ? new RegExp(`\\b${name} (\\d+)\\b`, 'i').exec(description)?.[1] : undefined;
  return number === undefined ? undefined : { value: Number(number), words: '' };
}

function valueFor(name: string, property: Property, wish: Wish, isRequired: boolean): Found | undefined {
  const about = `${name} ${property.description ?? ''}`.toLowerCase();
  const query = /^jql$/i.test(name) ? jqlFor(wish.clause) : cqlFor(wish.clause);
  if (/^[jc]ql$/i.test(name)) return query && isRequired ? { value: query.text, words: query.words } : undefined;
  const form = formOf(name, property);
  if (form) return foundBy(form, wish.clause) ?? (isRequired ? presetOf(property) : undefined);
  if (property.enum) return enumValue(property.enum, wish, isRequired);
  if (typeOf(property) === 'string') return specialText(about, wish) ?? (isRequired ? plainText(about, property, wish) : undefined);
  return isRequired ? requiredValue(property, wish) : undefined;
}

function typeOf({ type = 'string' }: Property): string {
  return typeof type === 'string' ? type : (type.find((one) => one !== 'null') ?? 'string');
}

function requiredValue(property: Property, wish: Wish): Found | undefined {
  switch (typeOf(property)) {
    case 'number':
    case 'integer':
      return numberValue(property, wish);
    case 'boolean':
      return { value: property.default ?? false, words: '' };
    case 'array':
      return { value: salientWordsOf(wish.query), words: '' };
    default:
      return { value: property.default ?? {}, words: '' };
  }
}

/** The form of a key, an id or a moment: it stands in the question or it is not known. */
function formOf(name: string, { description = '', format }: Property): RegExp | undefined {
  if (format === 'date-time' || format === 'date') return /\b\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)/;
  if (/project.*key|^project$/i.test(name)) return /\b[A-Z][A-Z0-9]{1,9}\b(?!-\d)/;
  if (/key$/i.test(name) || /\bissue key\b/i.test(description)) return /\b[A-Z][A-Z0-9]+-\d+\b/;
  if (/^ids?$|[a-z]Ids?$|_ids?$|cursor|token|^handle$/i.test(name)) return /\b(?=[A-Z0-9]*\d)[A-Z][A-Z0-9]{6,13}\b|\b\d{4,}\b/;
  return undefined;
}

function foundBy(form: RegExp, clause: string): Found | undefined {
  const text = form.exec(clause)?.[0];
  return text === undefined ? undefined : { value: text, words: text };
}

function presetOf({ default: preset }: Property): Found | undefined {
  return preset === undefined ? undefined : { value: preset, words: '' };
}

/** Text of a form of its own: only what the question really contains. */
function specialText(about: string, { clause }: Wish): Found | undefined {
  if (/time.?zone|iana/.test(about)) {
    const place = timeZoneIn(clause);
    return place && { value: place.timeZone, words: place.words };
  }
  if (isArithmetic(about)) {
    const arithmetic = arithmeticIn(clause);
    return arithmetic && { value: arithmetic.expression, words: arithmetic.words };
  }
  const shape = shapes.find(([name]) => name.test(about))?.[1];
  const text = shape?.exec(clause)?.[0];
  return text === undefined ? undefined : { value: text, words: text };
}

const shapes: readonly (readonly [RegExp, RegExp])[] = [
  [/issue.?key|ticket/, /\b[A-Z][A-Z0-9]+-\d+\b/],
  [/e-?mail/, /\b[\w.+-]+@[\w-]+\.[\w.]+\b/],
  [/\burls?\b|\blinks?\b/, /\bhttps?:\/\/[^\s>|]+/],
  [/\bdates?\b/, /\b\d{4}-\d{2}-\d{2}\b/],
];

function isArithmetic(about: string): boolean {
  return /expression|formula|arithmetic|calculation/.test(about);
}

/** A required text: the query, unless the argument wants a form that the question does not hold. */
function plainText(about: string, { default: preset }: Property, { query }: Wish): Found | undefined {
  if (preset !== undefined) return { value: preset, words: '' };
  const wantsForm = isArithmetic(about) || /time.?zone|iana/.test(about) || shapes.some(([name]) => name.test(about.split(' ')[0] ?? ''));
  return wantsForm || query === '' ? undefined : { value: query, words: '' };
}

function enumValue(options: readonly unknown[], { clause }: Wish, isRequired: boolean): Found | undefined {
  const words = salientWordsOf(clause);
  const named = options.find((option) => salientWordsOf(String(option)).some((word) => words.includes(word)));
  if (named !== undefined) return { value: named, words: String(named) };
  return isRequired && options.length > 0 ? { value: options[0], words: '' } : undefined;
}

function numberValue({ default: preset, minimum }: Property, { clause }: Wish): Found | undefined {
  const text = /-?\d+(?:\.\d+)?/.exec(clause)?.[0];
  if (text !== undefined) return { value: Number(text), words: text };
  const value = preset ?? minimum;
  return value === undefined ? undefined : { value, words: '' };
}
