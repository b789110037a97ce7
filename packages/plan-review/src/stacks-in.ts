import { readFileSync } from 'node:fs';
import { deployOrderOf } from './deploy-order.ts';
import { entriesOf, isObject, type Json, listOf, memberOf, textOf } from './json.ts';
import { UnreadablePlanError } from './read-plans.ts';

/** The stacks that cdktf's manifest names, each after those it depends on. */
export function stacksIn(file: string): string[] {
  const stacks = memberOf(manifestIn(file), 'stacks');
  if (!isObject(stacks))
    throw new UnreadablePlanError(`${file} names no stacks. It is what \`pnpm synth\` writes: cdktf.out/manifest.json`);
  const dependencies = (stack: Json) => listOf(memberOf(stack, 'dependencies')).flatMap((name) => textOf(name) ?? []);
  return deployOrderOf(Object.fromEntries(entriesOf(stacks).map(([name, stack]) => [name, { dependencies: dependencies(stack) }])));
}

function manifestIn(file: string): Json {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Json;
  } catch (cause) {
    throw new UnreadablePlanError(`${file} cannot be read. It is what \`pnpm synth\` writes: cdktf.out/manifest.json`, { cause });
  }
}
