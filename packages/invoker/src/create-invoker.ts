import type { Log } from '@vera/service-kit/log';
import { type AwsEnv, createSignedCalls } from '@vera/service-kit/signed-calls';
import type * as z from 'zod/mini';
import { callPatiently } from './call-patiently.ts';
import type { invokerEnv } from './env.ts';
import { createInvoker } from './invoker.ts';

/** The longest the invoker waits for a session to boot and answer: its Lambda's 900 s less some for the error to get out. */
const patience = 890_000;

/** Makes the invoker of this process. */
export function createInvokerFromEnv(env: z.output<typeof invokerEnv>, aws: AwsEnv, log: Log): (event: unknown) => Promise<void> {
  // One attempt only: another would hand the question over twice; Lambda retries what failed as a whole.
  const call = createSignedCalls({ env: aws, timeout: patience, maxAttempts: 1 });
  const path = `/runtimes/${encodeURIComponent(env.AGENT_RUNTIME_ARN)}/invocations`;
  return createInvoker({
    scope: env.SESSION_SCOPE,
    callWorker: (sessionId, question) =>
      callPatiently(() =>
        call({
          service: 'bedrock-agentcore',
          path,
          query: { qualifier: env.AGENT_RUNTIME_QUALIFIER },
          headers: {
            'content-type': 'application/json',
            accept: 'application/json',
            'x-amzn-bedrock-agentcore-runtime-session-id': sessionId,
          },
          body: JSON.stringify(question),
        }),
      ),
    log,
    now: () => performance.now(),
  });
}
