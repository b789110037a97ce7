import { Token } from 'cdktf';
import * as z from 'zod';

type Variables = z.core.$ZodObject;
type Input<Schema extends Variables> = z.input<Schema>;
type Required<Schema extends Variables> = {
  [Name in keyof Input<Schema>]-?: undefined extends Input<Schema>[Name] ? never : Name;
}[keyof Input<Schema>];

/** Every variable of a deployable, as text: those without a default must be given, others may. */
export type EnvironmentValues<Schema extends Variables> = { readonly [Name in Required<Schema>]: string } & {
  readonly [Name in Exclude<keyof Input<Schema>, Required<Schema>>]?: string | undefined;
};

/**
 * The environment a stack sets, held to the deployable's own schema: a missing or misspelt variable does not compile, a literal the
 * deployable would refuse fails synth. What is known after apply only (another resource's ARN) can be checked by nobody yet.
 */
export function environmentOf<Schema extends Variables>(schema: Schema, values: EnvironmentValues<Schema>): Record<string, string> {
  const given = Object.entries<string | undefined>(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const shape = schema._zod.def.shape;
  const problems = [
    ...given.filter(([name]) => !(name in shape)).map(([name]) => `${name}: the deployable does not know it`),
    ...Object.entries(shape).flatMap(([name, field]) => problemOf(name, field, values[name as keyof typeof values])),
  ];
  if (problems.length > 0) throw new Error(`The environment does not fit the deployable:\n  ${problems.join('\n  ')}`);
  return Object.fromEntries(given.map(([name, value]) => [name, Token.isUnresolved(value) ? value : literally(String(value))]));
}

/** Terraform would take `${…}` and `%{…}` of a text for something of its own to fill in. */
function literally(value: string): string {
  return value.replaceAll(/[$%](?=\{)/g, '$&$&');
}

function problemOf(name: string, field: z.core.$ZodType, value: string | undefined): string[] {
  if (Token.isUnresolved(value)) return [];
  const parsed = z.safeParse(field, value);
  return parsed.success ? [] : parsed.error.issues.map(({ message }) => `${name}: ${value === undefined ? 'missing' : message}`);
}
