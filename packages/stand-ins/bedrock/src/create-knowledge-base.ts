import { answerAws, unknownOperation } from '@vera/aws-stand-in/answer-aws';
import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { CallRecord } from '@vera/aws-stand-in/call-record';
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
  readonly port?: number;
  readonly now?: () => number;
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
    const query = readRetrieveQuery(await request.text());
    indexFolder(folder, index);
    const expression = matchExpression(query.text);
    return Response.json(pageOf(expression ? index.search(expression) : [], query, parts));
  }

  const operationOf = (request: Request) => {
    const id = route.exec(new URL(request.url).pathname)?.[1];
    if (request.method !== 'POST' || !id) throw unknownOperation(request);
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

function resultOf(
  { id, path, title, heading, text, owner, updated, score }: FoundPassage,
  { knowledgeBaseId, linkOf }: KnowledgeBaseParts,
) {
  const uri = `s3://${knowledgeBaseId.toLowerCase()}-documents/${path}`;
  const metadata = {
    'x-amz-bedrock-kb-source-uri': uri,
    'x-amz-bedrock-kb-chunk-id': `${knowledgeBaseId}-${id}`,
    title,
    heading,
    url: linkOf(path),
    ...(owner ? { owner } : {}),
    ...(updated ? { updated } : {}),
  };
  return { content: { type: 'TEXT', text }, location: { type: 'S3', s3Location: { uri } }, score, metadata };
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
