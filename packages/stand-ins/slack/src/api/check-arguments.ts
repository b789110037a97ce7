import { Arguments } from './arguments.ts';
import type { ArgumentSpec, MethodSpec } from './method-spec.ts';
import { refuse, refuseWith } from './slack-refusal.ts';

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
  if (kind === 'json') return undefined;
  if (kind === 'boolean') return ['true', 'false', '1', '0', ''].includes(String(value)) ? undefined : 'must be a boolean';
  if (kind === 'number') return Number.isFinite(Number(value)) ? undefined : 'must be a number';
  if (typeof value === 'object') return 'must be a string';
  if (values && !values.includes(String(value))) return `value must be one of ${values.map((one) => `'${one}'`).join(', ')}`;
  return undefined;
}
