import type * as z from 'zod';
import { nearestOf } from './nearest-of.ts';
import type { Problem } from './problem.ts';

type Schema = z.core.$ZodType;

interface Known {
  /** What was given, without the keys that nobody knows: those must not hide what else is wrong. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** Parts what a schema knows of a value, objects in objects and lists included, from what it does not. */
export function withoutUnknownKeys(schema: Schema, value: unknown, path: readonly (string | number)[] = []): Known {
  const definition = unwrapped(schema, value)._zod.def as unknown as Definition;
  if (definition.type === 'array' && Array.isArray(value)) {
    const parts = value.map((entry, index) => withoutUnknownKeys(definition.element, entry, [...path, index]));
    return { value: parts.map((part) => part.value), problems: parts.flatMap((part) => part.problems) };
  }
  if (definition.type !== 'object' || !isObject(value)) return { value, problems: [] };
  const { shape } = definition;
  const values: [string, unknown][] = [];
  const problems: Problem[] = [];
  for (const [key, entry] of Object.entries(value)) {
    const field = Object.hasOwn(shape, key) ? shape[key] : undefined;
    const part = field && withoutUnknownKeys(field, entry, [...path, key]);
    if (part) values.push([key, part.value]);
    const isOfAnother = optionsOf(schema).some((option) => Object.hasOwn(shapeOf(option, value), key));
    const unknown = isOfAnother ? otherShape(key, Object.keys(shape), value, path) : unknownKey(key, Object.keys(shape), path);
    problems.push(...(part?.problems ?? [unknown]));
  }
  return { value: Object.fromEntries(values), problems };
}

/** A key of one shape beside those of another. */
function otherShape(key: string, meant: readonly string[], value: Readonly<Record<string, unknown>>, path: Problem['path']): Problem {
  const beside = meant.flatMap((name) => (typeof value[name] === 'string' ? [`${name}: '${value[name]}'`] : []));
  return { path, message: `${key} does not go with ${beside.join(', ') || meant.join(', ')}: it is one or the other` };
}

function unknownKey(key: string, known: readonly string[], path: readonly (string | number)[]): Problem {
  const nearest = nearestOf(key, known);
  const otherwise = nearest ? `did you mean "${nearest}"?` : `there are ${known.join(', ')}`;
  return { path, message: `Unrecognized key: "${key}"; ${otherwise}` };
}

/** What of zod's definitions is looked at; zod/mini has the same. */
type Definition =
  | { readonly type: 'object'; readonly shape: Readonly<Record<string, Schema>> }
  | { readonly type: 'array'; readonly element: Schema }
  | { readonly type: 'union'; readonly options: readonly Schema[] }
  | { readonly type: 'pipe'; readonly in: Schema }
  | { readonly type: 'optional' | 'default' | 'prefault' | 'nullable' | 'readonly' | 'nonoptional'; readonly innerType: Schema }
  | { readonly type: 'other' };

/** Of several shapes each; none where there is one only. */
function optionsOf(schema: Schema): readonly Schema[] {
  const definition = schema._zod.def as unknown as Definition;
  if ('innerType' in definition) return optionsOf(definition.innerType);
  if (definition.type === 'pipe') return optionsOf(definition.in);
  return definition.type === 'union' ? definition.options : [];
}

function shapeOf(option: Schema, value: unknown): Readonly<Record<string, Schema>> {
  const definition = unwrapped(option, value)._zod.def as unknown as Definition;
  return definition.type === 'object' ? definition.shape : {};
}

function unwrapped(schema: Schema, value: unknown): Schema {
  const definition = schema._zod.def as unknown as Definition;
  if ('innerType' in definition) return unwrapped(definition.innerType, value);
  if (definition.type === 'pipe') return unwrapped(definition.in, value);
  if (definition.type !== 'union') return schema;
  const meant = definition.options.map((option) => ({ option, isFit: fitOf(option, value) })).sort((a, b) => b.isFit - a.isFit);
  return meant[0]?.isFit ? unwrapped(meant[0].option, value) : schema;
}

/** Of several shapes a person most likely means the one with the most keys of theirs, and one whose literals are theirs before all others. */
function fitOf(option: Schema, value: unknown): number {
  if (!isObject(value)) return 0;
  return Object.entries(shapeOf(option, value)).reduce((fit, [key, field]) => {
    if (!Object.hasOwn(value, key)) return fit;
    const { values } = field._zod;
    return fit + (values?.has(value[key] as string) ? 100 : 1);
  }, 0);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
