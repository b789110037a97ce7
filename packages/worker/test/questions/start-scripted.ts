import { type StartAgentOptions, startAgent } from '../agent/start-agent.ts';
import { type StartWorkerOptions, startWorker } from './start-worker.ts';

/** A worker whose model follows a script. */
export async function startScripted(
  script: Parameters<typeof startAgent>[0],
  { agent: agentOptions, ...options }: Partial<Omit<StartWorkerOptions, 'agent'>> & { agent?: StartAgentOptions } = {},
) {
  const { agent, bedrock, judge } = await startAgent(script, agentOptions);
  const worker = await startWorker({ agent, judge, ...options });
  return {
    ...worker,
    bedrock,
    async [Symbol.asyncDispose]() {
      await Promise.all([worker[Symbol.asyncDispose](), bedrock[Symbol.asyncDispose]()]);
    },
  };
}
