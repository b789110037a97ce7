import { constraintError, validationError } from '../runtime/validation-error.ts';

export interface RetrieveQuery {
  readonly text: string;
  readonly numberOfResults: number;
  readonly offset: number;
  readonly filter?: RetrievalFilter;
}

interface Body {
  readonly retrievalQuery?: { readonly text?: string };
  readonly retrievalConfiguration?: { readonly vectorSearchConfiguration?: Search; readonly managedSearchConfiguration?: Search };
  readonly nextToken?: string;
}

interface Search {
  readonly numberOfResults?: number;
  readonly overrideSearchType?: string;
  readonly filter?: RetrievalFilter;
}

const longestText = 1_000;
const mostResults = 100;
const searchTypes = ['HYBRID', 'SEMANTIC'];

export type KnowledgeKind = 'vector' | 'managed' | 'structured';

/** Reads the body of Retrieve and refuses what Bedrock would. */
export function readRetrieveQuery(body: string, kind: KnowledgeKind): RetrieveQuery {
  const { retrievalQuery, retrievalConfiguration = {}, nextToken } = parse(body);
  const text = retrievalQuery?.text;
  if (text === undefined || text.trim() === '')
    throw constraintError('retrievalQuery.text', text ?? 'null', 'have length greater than or equal to 1');
  if (text.length > longestText) throw constraintError('retrievalQuery.text', text, `have length less than or equal to ${longestText}`);
  const [name, search] = searchOf(retrievalConfiguration, kind);
  const { numberOfResults = 5, overrideSearchType = 'HYBRID', filter } = search;
  const member = `retrievalConfiguration.${name}`;
  if (!(numberOfResults >= 1)) throw constraintError(`${member}.numberOfResults`, numberOfResults, 'have value greater than or equal to 1');
  if (numberOfResults > mostResults) {
    throw constraintError(`${member}.numberOfResults`, numberOfResults, `have value less than or equal to ${mostResults}`);
  }
  if (!searchTypes.includes(overrideSearchType)) {
    throw constraintError(`${member}.overrideSearchType`, overrideSearchType, `satisfy enum value set: [${searchTypes.join(', ')}]`);
  }
  return { text, numberOfResults, offset: offsetOf(nextToken), ...(filter ? { filter } : {}) };
}

/**
 * The words for a managed one are Bedrock's (mezmo/aura#499, strands-agents/tools#539). That the others refuse what is not theirs in the
 * same way is not documented, only that it is "only applicable to unstructured data sources": refusing keeps callers on the safe side.
 */
function searchOf(configuration: NonNullable<Body['retrievalConfiguration']>, kind: KnowledgeKind): readonly [string, Search] {
  const taken = { vector: 'vectorSearchConfiguration', managed: 'managedSearchConfiguration', structured: undefined }[kind];
  const given = Object.entries(configuration).filter(([, search]) => search !== undefined);
  for (const [name] of given.filter(([other]) => other !== taken)) {
    const instead = taken ? `Use ${taken} instead.` : 'Leave retrievalConfiguration out.';
    throw validationError(`Incompatible configuration: ${name} is not supported for ${kind} knowledge bases. ${instead}`);
  }
  return given[0] ?? ['vectorSearchConfiguration', {}];
}

export function tokenOf(offset: number): string {
  return Buffer.from(`from:${offset}`).toString('base64url');
}

function offsetOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const [, offset] = /^from:(\d+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (!offset) throw validationError('The nextToken is invalid.');
  return Number(offset);
}

function parse(body: string): Body {
  try {
    return JSON.parse(body || '{}');
  } catch {
    throw validationError('The request body could not be parsed as JSON.');
  }
}

/** A `RetrievalFilter`: an object with exactly one key. */
type RetrievalFilter = Readonly<Record<string, unknown>>;
export type Metadata = Readonly<Record<string, unknown>>;

type Attribute = { readonly key: string; readonly value: unknown };
type Test = (actual: unknown, wanted: unknown) => boolean;

const comparisons: Readonly<Record<string, Test>> = {
  equals: (actual, wanted) => actual === wanted,
  notEquals: (actual, wanted) => actual !== wanted,
  in: (actual, wanted) => listOf(wanted).includes(actual),
  notIn: (actual, wanted) => !listOf(wanted).includes(actual),
  startsWith: (actual, wanted) => typeof actual === 'string' && actual.startsWith(String(wanted)),
  listContains: (actual, wanted) => listOf(actual).includes(wanted),
  stringContains: (actual, wanted) => typeof actual === 'string' && actual.includes(String(wanted)),
  greaterThan: (actual, wanted) => Number(actual) > Number(wanted),
  greaterThanOrEquals: (actual, wanted) => Number(actual) >= Number(wanted),
  lessThan: (actual, wanted) => Number(actual) < Number(wanted),
  lessThanOrEquals: (actual, wanted) => Number(actual) <= Number(wanted),
};

export function matchesFilter(metadata: Metadata, filter: RetrievalFilter): boolean {
  const [[operator = '', operand] = [], ...others] = Object.entries(filter);
  if (others.length > 0) throw validationError('The filter must have exactly one operator.');
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
  // The service's model has 2 to 5.
  if (parts.length < 2 || parts.length > 5) throw validationError('andAll and orAll need 2 to 5 filters.');
  return parts;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
