import { createDelegation, type DelegationParams } from '../../src/delegation/create-delegation.ts';
import { type StartAgentOptions, startAgent } from '../agent/start-agent.ts';
import { type StartWorkerOptions, startWorker } from './start-worker.ts';

export interface ScriptedOptions extends Partial<Omit<StartWorkerOptions, 'agent' | 'helpers'>> {
  readonly agent?: StartAgentOptions;
  /** There are helpers, with the same model. */
  readonly helping?: Pick<DelegationParams, 'common' | 'specialists'>;
}

/** A worker whose model follows a script. */
export async function startScripted(
  script: Parameters<typeof startAgent>[0],
  { agent: agentOptions, helping, ...options }: ScriptedOptions = {},
) {
  const { agent, bedrock, judge } = await startAgent(script, agentOptions);
  const helpers = helping && createDelegation({ agents: new Map([['main', agent]]), patience: 10_000, ...helping });
  const worker = await startWorker({ agent, judge, ...(helpers ? { helpers } : {}), ...options });
  return {
    ...worker,
    bedrock,
    async [Symbol.asyncDispose]() {
      await Promise.all([worker[Symbol.asyncDispose](), bedrock[Symbol.asyncDispose]()]);
    },
  };
}
