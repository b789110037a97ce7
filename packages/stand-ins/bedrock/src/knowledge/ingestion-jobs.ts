import { AwsError } from '@vera/aws-stand-in/aws-error';

/** How a job goes; what is left out is a job without documents that ends well. */
export interface JobPlan {
  /** How long it takes; 60 seconds unless told. */
  readonly seconds?: number;
  readonly ends?: 'COMPLETE' | 'FAILED' | 'STOPPED';
  readonly statistics?: Readonly<Partial<Record<`numberOf${string}`, number>>>;
  readonly failureReasons?: readonly string[];
}

export interface DataSourcePlan {
  readonly id: string;
  readonly name: string;
  /** Of the jobs that are started, in their order; the last one for all that follow. */
  readonly jobs: readonly JobPlan[];
}

interface Job {
  readonly id: string;
  readonly dataSourceId: string;
  readonly startedAt: number;
  readonly plan: JobPlan;
  readonly token?: string | undefined;
}

export interface IngestionJobs {
  start(dataSourceId: string, token?: string): object;
  /** With the reasons for what failed. */
  get(id: string): object;
  /** Newest first, without reasons. */
  list(dataSourceId: string): readonly object[];
  readonly all: readonly Job[];
}

/**
 * One job runs in a knowledge base at a time: who starts another one gets a ConflictException
 * (aws-samples/amazon-transcribe-live-meeting-assistant#194). Counts grow while it runs, and reasons come at its end.
 */
export function createIngestionJobs(knowledgeBaseId: string, dataSources: readonly DataSourcePlan[], now: () => number): IngestionJobs {
  const jobs: Job[] = [];
  const viewOf = (job: Job) => ({ knowledgeBaseId, ...viewAt(job, now()) });

  function start(dataSourceId: string, token?: string): Job {
    const known = jobs.find((job) => token !== undefined && job.token === token);
    if (known) return known;
    const source = dataSources.find(({ id }) => id === dataSourceId);
    if (!source) throw new AwsError(404, 'ResourceNotFoundException', `DataSource with id ${dataSourceId} does not exist`);
    const running = jobs.find((job) => isRunning(job, now()));
    if (running)
      throw new AwsError(409, 'ConflictException', `Ingestion job ${running.id} of data source ${running.dataSourceId} is running.`);
    const earlier = jobs.filter((job) => job.dataSourceId === dataSourceId).length;
    const plan = source.jobs[earlier] ?? source.jobs.at(-1) ?? {};
    const job = { id: `JOB${String(jobs.length + 1).padStart(7, '0')}`, dataSourceId, startedAt: now(), plan, token };
    jobs.push(job);
    return job;
  }

  return {
    start: (dataSourceId, token) => viewOf(start(dataSourceId, token)),
    get(id) {
      const job = jobs.find((one) => one.id === id);
      if (!job) throw new AwsError(404, 'ResourceNotFoundException', `IngestionJob with id ${id} does not exist`);
      return { ...viewOf(job), failureReasons: isRunning(job, now()) ? [] : (job.plan.failureReasons ?? []) };
    },
    list: (dataSourceId) =>
      jobs
        .filter((job) => job.dataSourceId === dataSourceId)
        .map(viewOf)
        .toReversed(),
    all: jobs,
  };
}

function isRunning({ startedAt, plan: { seconds = 60 } }: Job, now: number): boolean {
  return now - startedAt < seconds * 1_000;
}

function viewAt(job: Job, now: number): object {
  const { id, dataSourceId, startedAt, plan } = job;
  const done = Math.min(1, (now - startedAt) / ((plan.seconds ?? 60) * 1_000));
  const counted = Object.entries(plan.statistics ?? {}).map(([name, count = 0]) => [name, Math.floor(count * done)]);
  const under = now === startedAt ? 'STARTING' : 'IN_PROGRESS';
  return {
    dataSourceId,
    ingestionJobId: id,
    status: isRunning(job, now) ? under : (plan.ends ?? 'COMPLETE'),
    startedAt: new Date(startedAt).toISOString(),
    updatedAt: new Date(now).toISOString(),
    statistics: Object.fromEntries(counted),
  };
}
