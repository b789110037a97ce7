import {
  type BedrockAgentClient,
  type DataSourceSummary,
  GetIngestionJobCommand,
  type IngestionJob,
  type IngestionJobSummary,
  paginateListDataSources,
  paginateListIngestionJobs,
  StartIngestionJobCommand,
} from '@aws-sdk/client-bedrock-agent';
import { failuresOf, progressOf } from './tell-ingestion.ts';

export interface SyncParts {
  readonly client: BedrockAgentClient;
  readonly knowledgeBaseId: string;
  /** A line of what happens. */
  readonly tell: (line: string) => void;
  /** Rejects when the signal is aborted. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Aborted by Ctrl-C: nobody looks any more, and what runs in AWS goes on. */
  readonly signal: AbortSignal;
}

/** How often AWS is asked how far it is, in milliseconds. */
const between = 5_000;
/** So many answers in a row may be missing; AWS throttles, and a network comes back. */
const mostMissing = 5;
/** A job that nobody sees keeps ours from starting: it ended just now, or AWS lists it late. */
const mostConflicts = 60;

/**
 * Has all data sources of a knowledge base read anew, one after the other, and follows them to their end. True: every document is in.
 * Rejects with an error of AWS's where nothing could be begun.
 */
export async function syncKnowledgeBase(parts: SyncParts): Promise<boolean> {
  const sources: DataSourceSummary[] = [];
  for await (const page of paginateListDataSources({ client: parts.client }, { knowledgeBaseId: parts.knowledgeBaseId }))
    sources.push(...(page.dataSourceSummaries ?? []));
  if (sources.length === 0) parts.tell('WARNING: it has no data source, so there is nothing to read.');
  let isWhole = sources.length > 0;
  for (const source of sources) {
    // What one source cannot do keeps no other from its turn.
    const isIn = await syncSource(source, sources, parts).catch((error: unknown) => {
      if (parts.signal.aborted) throw error;
      parts.tell(`${source.name}: FAILED, ${error}`);
      return false;
    });
    isWhole &&= isIn;
  }
  return isWhole;
}

async function syncSource(source: DataSourceSummary, all: readonly DataSourceSummary[], parts: SyncParts): Promise<boolean> {
  const job = await follow(await begin(source, all, parts), source.name ?? '', parts);
  const failures = failuresOf(job, parts.knowledgeBaseId);
  for (const line of failures) parts.tell(`${source.name}: ${line}`);
  if (job.status === 'COMPLETE' && !job.statistics?.numberOfDocumentsScanned)
    parts.tell(`${source.name}: WARNING: not one document was scanned. Is the place right, and may the knowledge base's role read it?`);
  return job.status === 'COMPLETE' && failures.length === 0;
}

/** Ours, begun once no other runs: one that was begun before us may have missed what changed since. */
async function begin(source: DataSourceSummary, all: readonly DataSourceSummary[], parts: SyncParts): Promise<IngestionJob> {
  const { client, knowledgeBaseId, tell, sleep } = parts;
  for (let conflicts = 0; ; conflicts += 1) {
    try {
      const { ingestionJob } = await client.send(new StartIngestionJobCommand({ knowledgeBaseId, dataSourceId: source.dataSourceId }));
      if (!ingestionJob) throw new Error('AWS began no job.');
      tell(`${source.name}: job ${ingestionJob.ingestionJobId} began.`);
      return ingestionJob;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ConflictException' || conflicts >= mostConflicts) throw error;
      const running = await runningJob(all, parts);
      if (running === undefined) {
        await sleep(between);
        continue;
      }
      const name = all.find(({ dataSourceId }) => dataSourceId === running.dataSourceId)?.name ?? '';
      tell(`${name}: job ${running.ingestionJobId} runs already; ours waits for it.`);
      await follow(running, name, parts);
    }
  }
}

/** Of whichever source: one job runs in a knowledge base at a time. */
async function runningJob(
  sources: readonly DataSourceSummary[],
  { client, knowledgeBaseId }: SyncParts,
): Promise<IngestionJobSummary | undefined> {
  for (const { dataSourceId } of sources) {
    const request = { knowledgeBaseId, dataSourceId, sortBy: { attribute: 'STARTED_AT', order: 'DESCENDING' } as const };
    for await (const { ingestionJobSummaries = [] } of paginateListIngestionJobs({ client }, request)) {
      const running = ingestionJobSummaries.find(({ status }) => !isOver(status));
      if (running) return running;
    }
  }
  return undefined;
}

type Followed = Pick<IngestionJob, 'dataSourceId' | 'ingestionJobId' | 'knowledgeBaseId'>;

async function follow(job: Followed, name: string, { client, tell, sleep }: SyncParts): Promise<IngestionJob> {
  const { knowledgeBaseId, dataSourceId, ingestionJobId } = job;
  let told = '';
  for (let missing = 0; ; ) {
    await sleep(between);
    try {
      const { ingestionJob } = await client.send(new GetIngestionJobCommand({ knowledgeBaseId, dataSourceId, ingestionJobId }));
      missing = 0;
      if (!ingestionJob) continue;
      const line = progressOf(ingestionJob);
      if (line !== told) tell(`${name}: ${line}`);
      told = line;
      if (isOver(ingestionJob.status)) return ingestionJob;
    } catch (error) {
      missing += 1;
      if (missing > mostMissing) throw error;
    }
  }
}

function isOver(status: string | undefined): boolean {
  return status === 'COMPLETE' || status === 'FAILED' || status === 'STOPPED';
}
