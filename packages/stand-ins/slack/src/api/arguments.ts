import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import type { ArgumentSpec, MethodSpec } from './method-spec.ts';
import { refuse, refuseWith } from './slack-refusal.ts';

/** The arguments of one call, checked against the method's specification. */
export class Arguments {
  private readonly values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.values = values;
  }

  has(name: string): boolean {
    return this.values[name] !== undefined;
  }

  /** Empty when it is missing. */
  text(name: string): string {
    return this.optional(name) ?? '';
  }

  optional(name: string): string | undefined {
    const value = this.values[name];
    return value === undefined ? undefined : String(value);
  }

  flag(name: string): boolean {
    const value = this.values[name];
    return value === true || value === 'true' || value === '1' || value === 1;
  }

  number(name: string): number | undefined {
    const value = this.values[name];
    return value === undefined || value === '' ? undefined : Number(value);
  }

  /** An array or object; `invalid` is the error for text that is not JSON. */
  json(name: string, invalid = 'invalid_arguments'): unknown {
    const value = this.values[name];
    if (typeof value !== 'string') return value;
    if (value === '') return undefined;
    try {
      return JSON.parse(value);
    } catch {
      return refuseWith(invalid, [`must be valid JSON [json-pointer:/${name}]`]);
    }
  }

  /** `invalid` is the error for what is not an array. */
  list(name: string, invalid = 'invalid_arguments'): unknown[] | undefined {
    const value = this.json(name, invalid);
    if (value === undefined || Array.isArray(value)) return value;
    return refuseWith(invalid, [`must provide an array [json-pointer:/${name}]`]);
  }

  /** Words parted by commas, or an array of them. */
  words(name: string): readonly string[] {
    const value = this.values[name];
    const given = typeof value === 'string' && value.startsWith('[') ? this.json(name) : value;
    const words = Array.isArray(given) ? given.map(String) : String(given ?? '').split(',');
    return words.map((word) => word.trim()).filter((word) => word !== '');
  }

  object(name: string, invalid = 'invalid_arguments'): JsonObject | undefined {
    const value = this.json(name, invalid);
    if (value === undefined) return undefined;
    if (isJsonObject(value)) return value;
    return refuseWith(invalid, [`must provide an object [json-pointer:/${name}]`]);
  }
}

/** Refuses what the method's specification does not allow. `null` counts as not given; unknown arguments are ignored, as in Slack. */
export function checkArguments(spec: MethodSpec, given: Readonly<Record<string, unknown>>): Arguments {
  const values = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined));
  const missing = spec.required.filter((name) => values[name] === undefined);
  if (missing.length > 0) {
    refuseWith(
      'invalid_arguments',
      missing.map((name) => `missing required field: ${name}`),
    );
  }
  for (const [name, argument] of Object.entries(spec.args)) {
    if (values[name] === undefined) continue;
    const problem = problemOf(argument, values[name]);
    if (!problem) continue;
    if (name === 'status' && spec.errors.includes('invalid_status')) refuse('invalid_status');
    refuseWith('invalid_arguments', [`${problem} [json-pointer:/${name}]`]);
  }
  return new Arguments(values);
}

function problemOf({ kind, enum: values }: ArgumentSpec, value: unknown): string | undefined {
  if (kind === 'json' || (kind === 'array' && Array.isArray(value))) return undefined;
  if (kind === 'boolean') return ['true', 'false', '1', '0', ''].includes(String(value)) ? undefined : 'must be a boolean';
  if (kind === 'number') return Number.isFinite(Number(value)) ? undefined : 'must be a number';
  if (typeof value === 'object') return 'must be a string';
  if (values && !values.includes(String(value))) return `value must be one of ${values.map((one) => `'${one}'`).join(', ')}`;
  return undefined;
}
