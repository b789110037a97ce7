import { isJsonObject } from '@vera/stand-in-kit/json-object';
/** Problems of a value, in Slack's words, each with the place. Empty when there are none. */
export type Check = (value: unknown, pointer: string) => string[];

export function problem(words: string, pointer: string): string[] {
  return [`${words} [json-pointer:${pointer}]`];
}

export const any: Check = () => [];

export function text(most: number, least = 0): Check {
  return (value, pointer) => {
    if (typeof value !== 'string') return problem('must be a string', pointer);
    if (value.length > most) return problem(`must be less than ${most + 1} characters`, pointer);
    return value.length < least ? problem(`must be more than ${least - 1} characters`, pointer) : [];
  };
}

export function oneOf(...values: readonly unknown[]): Check {
  return (value, pointer) => (values.includes(value) ? [] : problem(`unsupported value: ${String(value)}`, pointer));
}

export function number(least: number, most: number): Check {
  return (value, pointer) =>
    typeof value === 'number' && value >= least && value <= most ? [] : problem(`must be a number from ${least} to ${most}`, pointer);
}

export function list(item: Check, most: number, least = 0): Check {
  return (value, pointer) => {
    if (!Array.isArray(value)) return problem('must provide an array', pointer);
    if (value.length > most) return problem(`no more than ${most} items allowed`, pointer);
    if (value.length < least) return problem(`no fewer than ${least} items allowed`, pointer);
    return value.flatMap((entry, index) => item(entry, `${pointer}/${index}`));
  };
}

/** Fields outside both are refused. */
export function object(required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check {
  return (value, pointer) => {
    if (!isJsonObject(value)) return problem('must provide an object', pointer);
    const missing = Object.keys(required).filter((name) => value[name] === undefined || value[name] === null);
    const fields = Object.entries(value).filter(([name, field]) => field !== undefined && field !== null && !missing.includes(name));
    return [
      ...missing.flatMap((name) => problem(`missing required field: ${name}`, pointer)),
      ...fields.flatMap(([name, field]) => {
        const check = required[name] ?? optional[name];
        return check ? check(field, `${pointer}/${name}`) : problem(`invalid additional property: ${name}`, pointer);
      }),
    ];
  };
}

/** Chooses the check by the object's `type`. */
export function byType(checks: () => Readonly<Record<string, Check>>): Check {
  return (value, pointer) => {
    if (!isJsonObject(value)) return problem('must provide an object', pointer);
    if (value.type === undefined) return problem('missing required field: type', pointer);
    const check = checks()[String(value.type)];
    return check ? check(value, pointer) : problem(`unsupported type: ${String(value.type)}`, `${pointer}/type`);
  };
}
