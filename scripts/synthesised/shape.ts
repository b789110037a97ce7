/** Says what of a value is not of a shape, by path. */
export type Shape = (value: unknown, path: string) => string[];

export const anything: Shape = () => [];

export const flag: Shape = (value, path) => (typeof value === 'boolean' ? [] : [told(value, path)]);

/** A text that is a pattern's from end to end. */
export function text(pattern: RegExp): Shape {
  const whole = new RegExp(`^(?:${pattern.source})$`);
  return (value, path) => (typeof value === 'string' && whole.test(value) ? [] : [told(value, path)]);
}

export function listOf(item: Shape): Shape {
  return (value, path) => (Array.isArray(value) ? value.flatMap((one, index) => item(one, `${path}[${index}]`)) : [told(value, path)]);
}

/** An object with these keys, of which any may be missing, and no other ones; what synth says of itself (`//`) Terraform skips. */
export function record(keys: Readonly<Record<string, Shape>>): Shape {
  const known = new Map([['//', anything], ...Object.entries(keys)]);
  return ofEach((key) => known.get(key));
}

/** An object whose keys are of a pattern, `special` ones with a shape of their own. */
export function mapOf(pattern: RegExp, item: Shape, special: Readonly<Record<string, Shape>> = {}): Shape {
  const known = new Map(Object.entries(special));
  const whole = new RegExp(`^(?:${pattern.source})$`);
  return ofEach((key) => known.get(key) ?? (whole.test(key) ? item : undefined));
}

function ofEach(shapeOf: (key: string) => Shape | undefined): Shape {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [told(value, path)];
    return Object.entries(value).flatMap(([key, item]) => {
      const below = path === '' ? key : `${path}.${key}`;
      return shapeOf(key)?.(item, below) ?? [told(item, below)];
    });
  };
}

function told(value: unknown, path: string): string {
  return `${path === '' ? 'the stack' : path}: synth writes no such thing: ${JSON.stringify(value).slice(0, 80)}`;
}
