import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { deployOrderOf } from '../deploy-order.ts';
import { entriesOf, isObject, type Json, listOf, memberOf, textOf } from '../json/json.ts';
import { secretTexts } from '../secrets/secret-texts.ts';
import { errorLines } from './error-lines.ts';
import { markedIn } from './marked-in.ts';
import { type Plan, toPlan } from './plan.ts';

/** A file that cannot be reviewed; the message says which and what to do. */
class UnreadablePlanError extends Error {
  readonly code = 'unreadable-plan';
}

/** A stack of which there is no plan to review, and what was said about that, without secrets. */
export type UnplannedStack = { readonly stack: string; readonly lines: readonly string[] };
export type ReadPlans = {
  readonly plans: readonly Plan[];
  readonly unplanned: readonly UnplannedStack[];
  /** Those that are deployed and that the settings name no longer. */
  readonly left: readonly string[];
};

/**
 * The plans in the given files and folders (`<stack>.json`), in the order of their names, and what Terraform said where it made none
 * (`<stack>.error.txt`). A plan that cannot be read does not hide the others; where there is no other, it is the fault. `<stack>.left.txt` is a stack
 * that is deployed and that the settings name no longer.
 */
export function readPlans(paths: readonly string[]): ReadPlans {
  const found = paths.flatMap(filesAt);
  const files = found.filter((file) => !isLeft(file));
  const stacks = files.map(stackOf);
  const twice = stacks.find((stack, index) => stacks.indexOf(stack) !== index);
  if (twice !== undefined)
    throw new UnreadablePlanError(`Two plans are called ${twice}.json. A file is named after its stack: give each another name.`);
  const read = files.map((file) => ({
    stack: stackOf(file),
    ...(isError(file) ? { error: readFileSync(file, 'utf8') } : planOrWhy(file)),
  }));
  const jsons = read.flatMap(({ json }) => (json === undefined ? [] : [json]));
  if (jsons.length === 0) for (const { why } of read) if (why) throw why;
  const isSecret = secretTexts(jsons.flatMap(markedIn));
  return {
    plans: read.flatMap(({ stack, json }) => (json === undefined ? [] : [toPlan(stack, json, isSecret)])),
    unplanned: read.flatMap(({ stack, json, error, why }) =>
      json === undefined ? [{ stack, lines: errorLines(error ?? why?.message ?? '', isSecret) }] : [],
    ),
    left: found.filter(isLeft).map(stackOf),
  };
}

const errorSuffix = '.error.txt';

function isError(file: string): boolean {
  return file.endsWith(errorSuffix);
}

function isLeft(file: string): boolean {
  return file.endsWith('.left.txt');
}

function stackOf(file: string): string {
  return basename(file).replace(/\.(?:json|error\.txt|left\.txt)$/, '');
}

type Read = { readonly json?: Json; readonly error?: string; readonly why?: UnreadablePlanError };

function planOrWhy(file: string): Read {
  try {
    return { json: planIn(file) };
  } catch (why) {
    if (why instanceof UnreadablePlanError) return { why };
    throw why;
  }
}

function filesAt(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found)
    throw new UnreadablePlanError(
      `There is no ${path}. Make it with: terraform show -json PLAN > ${path.endsWith('.json') ? path : join(path, 'STACK.json')}`,
    );
  if (!found.isDirectory()) return [path];
  const files = readdirSync(path).filter((name) => name.endsWith('.json') || isError(name) || isLeft(name));
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
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''), exactly) as Json;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.replace(/, (?:\.\.\.)?".*$/s, '') : 'unreadable';
    throw new UnreadablePlanError(`${file} is not JSON (${why}). Did \`terraform show -json\` fail, or was its output cut off?`, { cause });
  }
}

/** Numbers that JavaScript would round stay as they are written, or two of them could look the same. */
function exactly(_: string, value: Json, { source }: { readonly source?: string } = {}): Json {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && source ? source : value;
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
