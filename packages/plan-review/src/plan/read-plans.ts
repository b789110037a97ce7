import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { deployOrderOf } from '../deploy-order.ts';
import { entriesOf, isObject, type Json, listOf, memberOf, textOf } from '../json/json.ts';
import { type Plan, toPlan } from './plan.ts';

/** A file that cannot be reviewed; the message says which and what to do. */
class UnreadablePlanError extends Error {
  readonly code = 'unreadable-plan';
}

/** The plans in the given files and folders (`<stack>.json`), in the order of their names. */
export function readPlans(paths: readonly string[]): Plan[] {
  const files = paths.flatMap(filesAt);
  const stacks = files.map((file) => basename(file).replace(/\.json$/, ''));
  const twice = stacks.find((stack, index) => stacks.indexOf(stack) !== index);
  if (twice !== undefined)
    throw new UnreadablePlanError(`Two plans are called ${twice}.json. A file is named after its stack: give each another name.`);
  return files.map((file, index) => toPlan(stacks[index] ?? file, planIn(file)));
}

function filesAt(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found)
    throw new UnreadablePlanError(
      `There is no ${path}. Make it with: terraform show -json PLAN > ${path.endsWith('.json') ? path : join(path, 'STACK.json')}`,
    );
  if (!found.isDirectory()) return [path];
  const files = readdirSync(path).filter((name) => name.endsWith('.json'));
  if (files.length === 0)
    throw new UnreadablePlanError(
      `${path} holds no .json file. Put one per stack there: terraform show -json PLAN > ${join(path, 'STACK.json')}`,
    );
  return files.sort().map((name) => join(path, name));
}

function planIn(file: string): Json {
  const json = jsonIn(file);
  if (!isObject(json)) throw new UnreadablePlanError(`${file} holds no plan. Write it with: terraform show -json PLAN > ${file}`);
  const version = textOf(memberOf(json, 'format_version'));
  if (
    memberOf(json, 'values') !== undefined &&
    memberOf(json, 'resource_changes') === undefined &&
    memberOf(json, 'planned_values') === undefined
  ) {
    throw new UnreadablePlanError(`${file} holds a state, not a plan. Name the plan's file: terraform show -json PLAN > ${file}`);
  }
  if (version === undefined || !/^1\.\d+$/.test(version)) {
    throw new UnreadablePlanError(
      `${file} has format_version ${JSON.stringify(version) ?? 'nothing'}; this review reads 1.x (Terraform 1.1 and later).`,
    );
  }
  return json;
}

function jsonIn(file: string): Json {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) as Json;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.replace(/, (?:\.\.\.)?".*$/s, '') : 'unreadable';
    throw new UnreadablePlanError(`${file} is not JSON (${why}). Did \`terraform show -json\` fail, or was its output cut off?`, { cause });
  }
}

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
