import { setTimeout as sleep } from 'node:timers/promises';
import { BedrockAgentClient } from '@aws-sdk/client-bedrock-agent';
import { syncKnowledgeBase } from './sync-knowledge-base.ts';

export interface SyncedBase {
  readonly id: string;
  readonly region: string;
  /** What people call it. */
  readonly name: string;
}

/** One after the other, until Ctrl-C; gives the status to end with. */
export async function syncKnowledgeBases(bases: readonly SyncedBase[]): Promise<number> {
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
