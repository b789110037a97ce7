import type * as z from 'zod';
import { type Problem, problemsOf } from './problem.ts';

type Path = Problem['path'];

/** What is left of a setting when what is wrong in it is taken out: each check judges that. */
export interface RightParts {
  /** Undefined where nothing is left. */
  readonly part?: { readonly value: unknown } | undefined;
  /** Of a list the places that its entries had. */
  readonly places?: readonly number[] | undefined;
  /** What was taken out. */
  readonly refused: readonly Path[];
  readonly problems: readonly Problem[];
}

/** Field by field, and of lists entry by entry: an entry with a fault is taken out as a whole. */
export function rightPartsOf(schema: z.ZodType, given: unknown): RightParts {
  const refused: Path[] = [];
  const problems: Problem[] = [];
  let places = Array.isArray(given) ? given.map((_, index) => index) : undefined;
  let left = given;
  for (;;) {
    const result = schema.safeParse(left, { reportInput: true });
    if (result.success) return { part: { value: result.data }, places, refused, problems };
    const isFirst = problems.length === 0;
    const { issues } = result.error;
    // What is missing once something was taken out is missing because of that; what a check of ours finds then stands there nonetheless.
    const found = problemsOf(isFirst ? issues : issues.filter(({ code }) => code === 'custom'));
    problems.push(...found.map(({ path, message }) => ({ path: inOriginal(path, places), message })));
    const paths = problemsOf(issues).map(({ path }) => path);
    const wrong = paths.map((path) => takenOut(path, left));
    const isHopeless = wrong.some((path) => path.length === 0);
    refused.push(...(isHopeless ? paths : wrong).map((path) => inOriginal(path, places)));
    if (isHopeless) return { part: fieldsOf(schema, given), refused, problems };
    places = places?.filter((_, index) => !wrong.some(([first]) => first === index));
    left = without(left, wrong);
  }
}

function inOriginal(path: Path, places: readonly number[] | undefined): Path {
  const [first, ...rest] = path;
  return places && typeof first === 'number' ? [places[first] ?? first, ...rest] : path;
}

/** The way to what must go: an entry of a list as a whole, and where something is missing what lacks it. */
function takenOut(path: Path, value: unknown): Path {
  let here = value;
  for (const [index, step] of path.entries()) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return path.slice(0, index);
    if (Array.isArray(here)) return path.slice(0, index + 1);
    here = (here as Readonly<Record<string, unknown>>)[step];
  }
  return path;
}

function without(value: unknown, wrong: readonly Path[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).flatMap(([key, entry]): [string, unknown][] => {
    const here = wrong.filter(([first]) => String(first) === key).map(([, ...rest]) => rest);
    return here.some((rest) => rest.length === 0) ? [] : [[key, without(entry, here)]];
  });
  return Array.isArray(value) ? kept.map(([, entry]) => entry) : Object.fromEntries(kept);
}

/** Of an object that lacks what it must have, those fields that are right by themselves. */
function fieldsOf(schema: z.ZodType, given: unknown): RightParts['part'] {
  const { shape, innerType } = schema._zod.def as { readonly shape?: Readonly<Record<string, z.ZodType>>; readonly innerType?: z.ZodType };
  if (typeof given !== 'object' || given === null) return undefined;
  if (innerType) return fieldsOf(innerType, given);
  if (!shape) return undefined;
  const fields = Object.entries(shape).flatMap(([key, field]) => {
    const { part } = rightPartsOf(field, (given as Readonly<Record<string, unknown>>)[key]);
    return part ? [[key, part.value] as const] : [];
  });
  return { value: Object.fromEntries(fields) };
}
