import { BedrockAgentCoreClient, InvokeAgentRuntimeCommand } from '@aws-sdk/client-bedrock-agentcore';
import { awsDefaults } from '@vera/service-kit/aws-defaults';
import type { Log } from '@vera/service-kit/log';
import type * as z from 'zod/mini';
import { callPatiently } from './call-patiently.ts';
import type { invokerEnv } from './env.ts';
import { createInvoker } from './invoker.ts';

/** The longest the invoker waits for a session to boot and answer: its Lambda's 900 s less some for the error to get out. */
const patience = 890_000;

/** Makes the invoker of this process. */
export function createInvokerFromEnv(env: z.output<typeof invokerEnv>, log: Log): (event: unknown) => Promise<void> {
  // One attempt only: the SDK's own retry would hand the question over twice; Lambda retries what failed as a whole.
  const client = new BedrockAgentCoreClient(awsDefaults(patience, 1));
  return createInvoker({
    scope: env.SESSION_SCOPE,
    async callWorker(runtimeSessionId, question) {
      const command = new InvokeAgentRuntimeCommand({
        agentRuntimeArn: env.AGENT_RUNTIME_ARN,
        qualifier: env.AGENT_RUNTIME_QUALIFIER,
        runtimeSessionId,
        // Without it the SDK sends octet-stream, which the worker refuses.
        contentType: 'application/json',
        accept: 'application/json',
        payload: Buffer.from(JSON.stringify(question)),
      });
      const { response } = await callPatiently(() => client.send(command));
      return (await response?.transformToString()) ?? '';
    },
    log,
    now: () => performance.now(),
  });
}
