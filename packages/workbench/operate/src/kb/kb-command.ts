import { setTimeout as sleep } from 'node:timers/promises';
import { BedrockAgentClient } from '@aws-sdk/client-bedrock-agent';
import { createCommand, wrongWord } from '../command.ts';
import { deployment } from '../deployment.ts';
import { UsageError } from '../usage-error.ts';
import { syncKnowledgeBase } from './sync-knowledge-base.ts';

const usage = ['kb sync [--knowledge-base ID --region REGION]'];

export const kbCommand = createCommand({
  usage,
  help: `Has the data sources of each knowledge base read anew, one after the other, with your AWS credentials, and follows them to the end.
Ends with 1 when a document is not in, and says which. Ctrl-C stops looking; what runs in AWS goes on.

  --knowledge-base ID --region REGION    that one; otherwise knowledgeBases of stacks/environments/$VERA_ENVIRONMENT.ts`,
  options: { 'knowledge-base': { type: 'string' }, region: { type: 'string' } },
  act({ 'knowledge-base': id, region }, words) {
    if (words.join(' ') !== 'sync') throw wrongWord(words.join(' '), ['sync'], { usage });
    return syncKnowledgeBases(basesOf(id, region));
  },
});

/** Each base once, in its region, under the name that people know. */
function basesOf(id: string | undefined, region: string | undefined): readonly SyncedBase[] {
  if (id === undefined) {
    const { knowledgeBases, region: home } = deployment();
    if (knowledgeBases.length === 0) throw new UsageError('There are no knowledgeBases in the settings.');
    const bases = knowledgeBases.map((base) => ({ id: base.id, region: base.region ?? home, name: base.name }));
    return [...new Map(bases.map((base) => [`${base.region} ${base.id}`, base])).values()];
  }
  if (region === undefined) throw new UsageError('--knowledge-base ID needs --region REGION: an id says nothing of where it is.');
  return [{ id, region, name: id }];
}

interface SyncedBase {
  readonly id: string;
  readonly region: string;
  /** What people call it. */
  readonly name: string;
}

/** One after the other, until Ctrl-C; gives the status to end with. */
async function syncKnowledgeBases(bases: readonly SyncedBase[]): Promise<number> {
  const stopped = new AbortController();
  const { signal } = stopped;
  process.once('SIGINT', () => stopped.abort());
  let status = 0;
  for (const { id, region, name } of bases) {
    const tell = (line: string) => void process.stdout.write(`${name}: ${line}\n`);
    const client = new BedrockAgentClient({ region });
    try {
      const wait = (milliseconds: number) => sleep(milliseconds, undefined, { signal });
      if (!(await syncKnowledgeBase({ client, knowledgeBaseId: id, tell, sleep: wait, signal }))) status = 1;
    } catch (error) {
      if (signal.aborted) {
        tell('I stop looking. What runs in AWS goes on; the next sync waits for it.');
        return 130;
      }
      tell(`FAILED in ${region}: ${error}`);
      status = 1;
    } finally {
      client.destroy();
    }
  }
  return status;
}
