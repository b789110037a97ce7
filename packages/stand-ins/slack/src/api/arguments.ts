import { refuseWith } from './slack-refusal.ts';

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

  object(name: string, invalid = 'invalid_arguments'): Record<string, unknown> | undefined {
    const value = this.json(name, invalid);
    if (value === undefined) return undefined;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    return refuseWith(invalid, [`must provide an object [json-pointer:/${name}]`]);
  }
}
