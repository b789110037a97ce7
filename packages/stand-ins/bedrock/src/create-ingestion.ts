import { answerAws, unknownOperation } from '@vera/aws-stand-in/answer-aws';
import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { CallRecord } from '@vera/aws-stand-in/call-record';
import { type AwsFault, createFaults } from '@vera/aws-stand-in/faults';
import { arnOf, defaultPlace } from '@vera/aws-stand-in/place';
import type { Clock } from '@vera/stand-in-kit/clock';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { createIngestionJobs, type DataSourcePlan, type IngestionJobs } from './knowledge/ingestion-jobs.ts';
import { constraintError, validationError } from './runtime/validation-error.ts';

export interface IngestionParts {
  readonly record: CallRecord;
  readonly knowledgeBaseId: string;
  readonly dataSources: readonly DataSourcePlan[];
  readonly clock: Clock;
}

export interface IngestionEmulator extends Listening {
  inject(fault: AwsFault): void;
  readonly jobs: IngestionJobs;
}

const route = /^\/knowledgebases\/([^/]+)\/datasources(?:\/([^/]+)\/ingestionjobs(?:\/([^/]+))?)?\/?$/;

/** The part of `bedrock-agent` that fills a knowledge base. Lists come in pages of two, so that whoever reads one only misses something. */
export async function createIngestion({ record, knowledgeBaseId, dataSources, clock }: IngestionParts): Promise<IngestionEmulator> {
  const faults = createFaults();
  const jobs = createIngestionJobs(knowledgeBaseId, dataSources, clock.now);
  const operations: Readonly<Record<string, (ids: readonly string[], body: Body) => Response>> = {
    ListDataSources(_, body) {
      const listed = dataSources.map(({ id, name }) => ({ knowledgeBaseId, dataSourceId: id, name, status: 'AVAILABLE' }));
      return paged('dataSourceSummaries', listed, body);
    },
    ListIngestionJobs: ([, dataSourceId = ''], body) => paged('ingestionJobSummaries', jobs.list(dataSourceId), body),
    StartIngestionJob([, dataSourceId = ''], { clientToken }) {
      if (clientToken !== undefined && clientToken.length < 33)
        throw constraintError('clientToken', clientToken, 'have length greater than or equal to 33');
      return Response.json({ ingestionJob: jobs.start(dataSourceId, clientToken) }, { status: 202 });
    },
    GetIngestionJob: ([, , jobId = '']) => Response.json({ ingestionJob: jobs.get(jobId) }),
  };
  const operationOf = async (request: Request) => {
    const [, ...ids] = route.exec(new URL(request.url).pathname) ?? [];
    const given = ids.filter((id) => id !== undefined);
    const name = names[`${request.method} ${given.length}`];
    if (!name) throw unknownOperation(request);
    const body = JSON.parse((await request.text()) || '{}') as Body;
    return {
      name,
      needs: [{ action: `bedrock:${name}`, resource: arnOf('bedrock', defaultPlace, `knowledge-base/${given[0]}`) }],
      answer() {
        for (const id of given)
          if (!/^[0-9a-zA-Z]{10}$/.test(id)) throw constraintError('id', id, 'satisfy regular expression pattern: [0-9a-zA-Z]{10}');
        if (given[0] === knowledgeBaseId && operations[name]) return operations[name](given, body);
        throw new AwsError(404, 'ResourceNotFoundException', `Knowledge Base with id ${given[0]} does not exist`);
      },
    };
  };
  const server = await listen(answerAws({ service: 'bedrock', record, clock, faults, operationOf }));
  return { ...server, inject: faults.inject, jobs };
}

interface Body {
  readonly nextToken?: string;
  readonly clientToken?: string;
}

/** By method, and how many ids the path names. */
const names: Readonly<Record<string, string>> = {
  'POST 1': 'ListDataSources',
  'POST 2': 'ListIngestionJobs',
  'PUT 2': 'StartIngestionJob',
  'GET 3': 'GetIngestionJob',
};

function paged(member: string, items: readonly object[], { nextToken = 'at:0' }: Body): Response {
  const from = Number(/^at:(\d+)$/.exec(nextToken)?.[1]);
  if (Number.isNaN(from)) throw validationError('The nextToken is invalid.');
  const end = from + 2;
  return Response.json({ [member]: items.slice(from, end), ...(end < items.length ? { nextToken: `at:${end}` } : {}) });
}
