import { answerAws, unknownOperation } from '@vera/aws-stand-in/answer-aws';
import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { CallRecord } from '@vera/aws-stand-in/call-record';
import { callerOf } from '@vera/aws-stand-in/caller';
import { arnOf, defaultPlace, type Place } from '@vera/aws-stand-in/place';
import { realClock } from '@vera/stand-in-kit/clock';
import type { FaultTiming } from '@vera/stand-in-kit/fault-list';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { createFaultQueue, type Delay } from './fault-queue.ts';
import { indexFolder } from './knowledge/index-folder.ts';
import { type FoundPassage, matchExpression, openPassageIndex } from './knowledge/passage-index.ts';
import { matchesFilter, type RetrieveQuery, readRetrieveQuery, tokenOf } from './knowledge/retrieve-query.ts';

export interface KnowledgeBaseParts extends Partial<Place> {
  readonly record: CallRecord;
  /** Ten letters and digits, as Bedrock gives them. */
  readonly knowledgeBaseId: string;
  /** Markdown and text files, read recursively; a changed file is read again at the next query. */
  readonly folder: string;
  /** Where a person can open a document, from its path inside the folder. */
  readonly linkOf: (relativePath: string) => string;
  /** Where the index is kept; in memory unless told. */
  readonly databaseFile?: string;
  /** A classic one with a vector store unless told; with `answerSql` it is a structured one. */
  readonly kind?: 'vector' | 'managed';
  /** What a structured one answers: the query it made of the question, and its rows. */
  readonly answerSql?: (question: string) => SqlAnswer;
  /** The day that the documents were written for, such as 2026-11-23: they are as old as they were then. */
  readonly writtenFor?: string;
  readonly port?: number;
  readonly now?: () => number;
}

export interface SqlAnswer {
  readonly query: string;
  readonly rows: readonly Readonly<Record<string, string | number | boolean | null>>[];
}

export interface KnowledgeBaseEmulator extends Listening {
  inject(fault: KnowledgeFault | Delay): void;
  documents(): readonly { readonly path: string; readonly title: string; readonly url: string }[];
  /** Forgets injected faults. */
  reset(): void;
}

const route = /^\/knowledgebases\/([^/]+)\/retrieve\/?$/;

/** `bedrock-agent-runtime` Retrieve over a folder of documents, ranked by SQLite's full-text search instead of vectors. */
export async function createKnowledgeBase(parts: KnowledgeBaseParts): Promise<KnowledgeBaseEmulator> {
  const { record, folder, now = Date.now } = parts;
  const faults = createFaultQueue<KnowledgeFault>();
  const index = openPassageIndex(parts.databaseFile ?? ':memory:');
  indexFolder(folder, index);

  async function retrieve(request: Request, id: string): Promise<Response> {
    const fault = await faults.next(request.signal);
    if (fault) throw knowledgeRefusalOf(fault);
    if (id !== parts.knowledgeBaseId) throw new AwsError(404, 'ResourceNotFoundException', `Knowledge Base with id ${id} does not exist`);
    const query = readRetrieveQuery(await request.text(), parts.answerSql ? 'structured' : (parts.kind ?? 'vector'));
    if (parts.answerSql) return Response.json({ retrievalResults: rowsOf(parts.answerSql(query.text)) });
    indexFolder(folder, index);
    const expression = matchExpression(query.text);
    return Response.json(pageOf(expression ? index.search(expression) : [], query, parts));
  }

  const operationOf = (request: Request) => {
    const id = route.exec(new URL(request.url).pathname)?.[1];
    if (request.method !== 'POST' || !id) throw unknownOperation(request);
    // A region's endpoint takes what was signed for it.
    if (parts.region !== undefined && callerOf(request, 'bedrock').region !== parts.region)
      throw new AwsError(403, 'InvalidSignatureException', 'Credential should be scoped to a valid region.');
    const resource = arnOf('bedrock', { ...defaultPlace, ...parts }, `knowledge-base/${id}`);
    return { name: 'Retrieve', needs: [{ action: 'bedrock:Retrieve', resource }], answer: () => retrieve(request, id) };
  };

  const server = await listen(answerAws({ service: 'bedrock', record, clock: { ...realClock, now }, operationOf }), parts.port);
  return {
    ...server,
    inject: faults.inject,
    documents() {
      indexFolder(folder, index);
      return index.documents().map(({ path, title }) => ({ path, title, url: parts.linkOf(path) }));
    },
    reset: faults.reset,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      index[Symbol.dispose]();
    },
  };
}

function pageOf(found: readonly FoundPassage[], { offset, numberOfResults, filter }: RetrieveQuery, parts: KnowledgeBaseParts): object {
  const results = found.map((passage) => resultOf(passage, parts)).filter(({ metadata }) => !filter || matchesFilter(metadata, filter));
  const end = offset + numberOfResults;
  return { retrievalResults: results.slice(offset, end), ...(results.length > end ? { nextToken: tokenOf(end) } : {}) };
}

/** A row is a result of its own, each column a text with its type (`RetrievalResultContentColumn` of the SDK). */
function rowsOf({ query, rows }: SqlAnswer): object[] {
  return rows.map((row) => ({
    content: { type: 'ROW', row: Object.entries(row).map(([columnName, value]) => ({ columnName, ...cellOf(value) })) },
    location: { type: 'SQL', sqlLocation: { query } },
  }));
}

function cellOf(value: SqlAnswer['rows'][number][string]): object {
  if (value === null || value === undefined) return { type: 'NULL' };
  const type = { string: 'STRING', number: Number.isInteger(value) ? 'LONG' : 'DOUBLE', boolean: 'BOOLEAN' }[typeof value as 'string'];
  return { type, columnValue: String(value) };
}

function resultOf(
  { id, path, title, heading, text, owner, updated, score }: FoundPassage,
  { knowledgeBaseId, linkOf, kind, ...dates }: KnowledgeBaseParts,
) {
  const uri = `s3://${knowledgeBaseId.toLowerCase()}-documents/${path}`;
  // Managed ones name theirs otherwise (awslabs/mcp#4574): a filter on the other keys matches nothing there, and is no error.
  const own =
    kind === 'managed'
      ? { _source_uri: uri, _data_source_id: `${knowledgeBaseId}-source` }
      : { 'x-amz-bedrock-kb-source-uri': uri, 'x-amz-bedrock-kb-chunk-id': `${knowledgeBaseId}-${id}` };
  const metadata = {
    ...own,
    title,
    heading,
    url: linkOf(path),
    ...(owner ? { owner } : {}),
    ...(updated ? { updated: movedToNow(updated, dates) } : {}),
  };
  return { content: { type: 'TEXT', text }, location: { type: 'S3', s3Location: { uri } }, score, metadata };
}

function movedToNow(updated: string, { writtenFor, now = Date.now }: Pick<KnowledgeBaseParts, 'writtenFor' | 'now'>): string {
  const age = Date.parse(writtenFor ?? '') - Date.parse(updated);
  return Number.isNaN(age) ? updated : new Date(now() - age).toISOString().slice(0, 10);
}

type KnowledgeFault = FaultTiming & { readonly kind: 'throttled' | 'unavailable' | 'access-denied' };

function knowledgeRefusalOf({ kind }: KnowledgeFault): AwsError {
  switch (kind) {
    case 'throttled':
      return new AwsError(429, 'ThrottlingException', 'Your request rate is too high. Reduce the frequency of requests.');
    case 'unavailable':
      return new AwsError(
        500,
        'InternalServerException',
        'The system encountered an unexpected error during processing. Try your request again.',
      );
    case 'access-denied':
      return new AwsError(
        403,
        'AccessDeniedException',
        'User is not authorized to perform: bedrock:Retrieve because no identity-based policy allows it.',
      );
  }
}
