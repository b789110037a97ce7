import { constraintError, validationError } from '../runtime/validation-error.ts';
import type { RetrievalFilter } from './matches-filter.ts';

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

/** Reads the body of Retrieve and refuses what Bedrock would. */
export function readRetrieveQuery(body: string): RetrieveQuery {
  const { retrievalQuery, retrievalConfiguration = {}, nextToken } = parse(body);
  const text = retrievalQuery?.text;
  if (text === undefined || text.trim() === '')
    throw constraintError('retrievalQuery.text', text ?? 'null', 'have length greater than or equal to 1');
  if (text.length > longestText) throw constraintError('retrievalQuery.text', text, `have length less than or equal to ${longestText}`);
  const search = retrievalConfiguration.vectorSearchConfiguration ?? retrievalConfiguration.managedSearchConfiguration ?? {};
  const { numberOfResults = 5, overrideSearchType = 'HYBRID', filter } = search;
  const member = 'retrievalConfiguration.vectorSearchConfiguration';
  if (!(numberOfResults >= 1)) throw constraintError(`${member}.numberOfResults`, numberOfResults, 'have value greater than or equal to 1');
  if (numberOfResults > mostResults) {
    throw constraintError(`${member}.numberOfResults`, numberOfResults, `have value less than or equal to ${mostResults}`);
  }
  if (!searchTypes.includes(overrideSearchType)) {
    throw constraintError(`${member}.overrideSearchType`, overrideSearchType, `satisfy enum value set: [${searchTypes.join(', ')}]`);
  }
  return { text, numberOfResults, offset: offsetOf(nextToken), ...(filter ? { filter } : {}) };
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
