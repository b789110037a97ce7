import { GetKnowledgeBaseCommand, ListDataSourcesCommand, ListIngestionJobsCommand } from '@aws-sdk/client-bedrock-agent';
import { ails, type Finding, lives } from '../../check/finding.ts';
import { ask, askIfThere } from '../ask.ts';
import type { Check, Patient } from '../check.ts';

const part = 'knowledge';
const rights = { base: 'bedrock:GetKnowledgeBase', sources: 'bedrock:ListDataSources', jobs: 'bedrock:ListIngestionJobs' };
const sync = 'pnpm vera kb sync';

export const knowledgeBasesCheck: Check = {
  part,
  asks: 'Is each knowledge base active, and are its documents in?',
  rights: Object.values(rights),
  concerns: ({ settings }) => (settings?.knowledgeBases.length ?? 0) > 0,
  async look(patient) {
    const bases = patient.settings?.knowledgeBases ?? [];
    const faults = (await Promise.all(bases.map((base) => lookAt(base, patient)))).flat();
    return faults.length > 0 ? faults : [lives(part, `${bases.map(({ name }) => name).join(', ')}: active, and read in`)];
  },
};

interface Base {
  readonly id: string;
  readonly region?: string | undefined;
  readonly name: string;
}

async function lookAt({ id: knowledgeBaseId, region, name }: Base, { clients }: Patient): Promise<Finding[]> {
  const client = clients('knowledge', region);
  const found = await askIfThere(rights.base, () => client.send(new GetKnowledgeBaseCommand({ knowledgeBaseId })));
  const { status, failureReasons = [] } = found?.knowledgeBase ?? {};
  if (!found?.knowledgeBase)
    return [
      ails(
        part,
        `${name} (${knowledgeBaseId}) is not there${region ? ` in ${region}` : ''}`,
        'name one that is there, with its region, in knowledgeBases of the settings',
      ),
    ];
  if (status !== 'ACTIVE' && status !== 'UPDATING')
    return [ails(part, `${name} is ${[status, ...failureReasons].join(': ')}`, 'see it in the console of Bedrock → Knowledge Bases')];
  const { dataSourceSummaries = [] } = await ask(rights.sources, () => client.send(new ListDataSourcesCommand({ knowledgeBaseId })));
  if (dataSourceSummaries.length === 0)
    return [ails(part, `${name} has no data source: nothing is found in it`, 'add one in the console of Bedrock')];
  const sources = dataSourceSummaries.map(async ({ dataSourceId, name: source, status: state }) => {
    if (state === 'DELETE_UNSUCCESSFUL' || state === 'FAILED')
      return [ails(part, `${source} of ${name} is ${state}`, 'see it in the console of Bedrock')];
    const sortBy = { attribute: 'STARTED_AT', order: 'DESCENDING' } as const;
    const { ingestionJobSummaries: [last] = [] } = await ask(rights.jobs, () =>
      client.send(new ListIngestionJobsCommand({ knowledgeBaseId, dataSourceId, sortBy, maxResults: 1 })),
    );
    return faultsOfJob(`${source} of ${name}`, last);
  });
  return (await Promise.all(sources)).flat();
}

interface Job {
  readonly status?: string | undefined;
  readonly statistics?: { readonly numberOfDocumentsFailed?: number | undefined } | undefined;
}

function faultsOfJob(named: string, job: Job | undefined): Finding[] {
  const failed = job?.statistics?.numberOfDocumentsFailed ?? 0;
  if (job === undefined) return [ails(part, `${named} was never read in: nothing is found in it`, sync)];
  if (job.status === 'FAILED' || job.status === 'STOPPED')
    return [
      ails(part, `the last reading of ${named} ${job.status === 'FAILED' ? 'failed' : 'was stopped'}: what is found may be old`, sync),
    ];
  return failed > 0
    ? [ails(part, `${failed} document${failed === 1 ? '' : 's'} of ${named} could not be read in`, `${sync}: it names each`)]
    : [];
}
