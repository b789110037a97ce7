import { validationError } from '../runtime/validation-error.ts';

/** A `RetrievalFilter`: an object with exactly one key. */
export type RetrievalFilter = Readonly<Record<string, unknown>>;
export type Metadata = Readonly<Record<string, unknown>>;

type Attribute = { readonly key: string; readonly value: unknown };
type Test = (actual: unknown, wanted: unknown) => boolean;

const comparisons: Readonly<Record<string, Test>> = {
  equals: (actual, wanted) => actual === wanted,
  notEquals: (actual, wanted) => actual !== wanted,
  in: (actual, wanted) => listOf(wanted).includes(actual),
  notIn: (actual, wanted) => !listOf(wanted).includes(actual),
  startsWith: (actual, wanted) => typeof actual === 'string' && actual.startsWith(String(wanted)),
  stringContains: (actual, wanted) => typeof actual === 'string' && actual.includes(String(wanted)),
  greaterThan: (actual, wanted) => Number(actual) > Number(wanted),
  greaterThanOrEquals: (actual, wanted) => Number(actual) >= Number(wanted),
  lessThan: (actual, wanted) => Number(actual) < Number(wanted),
  lessThanOrEquals: (actual, wanted) => Number(actual) <= Number(wanted),
};

export function matchesFilter(metadata: Metadata, filter: RetrievalFilter): boolean {
  const [operator = '', operand] = Object.entries(filter)[0] ?? [];
  if (operator === 'andAll') return partsOf(operand).every((part) => matchesFilter(metadata, part));
  if (operator === 'orAll') return partsOf(operand).some((part) => matchesFilter(metadata, part));
  const compare = comparisons[operator];
  const { key, value } = (operand ?? {}) as Partial<Attribute>;
  if (!compare || !key || value === undefined) {
    throw validationError(`The filter ${JSON.stringify(filter)} is not a supported retrieval filter with a key and a value.`);
  }
  return compare(metadata[key], value);
}

function partsOf(operand: unknown): RetrievalFilter[] {
  const parts = listOf(operand) as RetrievalFilter[];
  if (parts.length < 2) throw validationError('andAll and orAll need at least 2 filters.');
  return parts;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
