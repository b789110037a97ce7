import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@vera/service-kit/log';
import { type AwsEnv, createSignedCalls } from '@vera/service-kit/signed-calls';
import type * as z from 'zod/mini';
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
    callWorker: (sessionId, work, line) =>
      callPatiently(
        () =>
          call({
            service: 'bedrock-agentcore',
            path,
            query: { qualifier: env.AGENT_RUNTIME_QUALIFIER },
            headers: {
              'content-type': 'application/json',
              accept: 'application/json',
              'x-amzn-bedrock-agentcore-runtime-session-id': sessionId,
            },
            body: JSON.stringify(work),
          }),
        (reason) => line.info(`${work.kind}.not-yet`, { reason }),
      ),
    log,
    now: () => performance.now(),
  });
}

/** AgentCore refused before the worker saw anything: the session is just starting or ending, too much comes at once, or all sessions are in use. */
const notYet = new Set(['RetryableConflictException', 'ThrottlingException', 'ServiceQuotaExceededException']);
/** A session boots in half a minute at the most. */
const bootTime = 120_000;

/** Repeats `call` while AgentCore says "not yet", which is told once by its name; every other failure passes at once. */
export async function callPatiently<Result>(call: () => Promise<Result>, onWait: (reason: string) => void): Promise<Result> {
  const started = performance.now();
  let isTold = false;
  for (let pause = 200; ; pause = Math.min(pause * 1.5, 5_000)) {
    try {
      return await call();
    } catch (error) {
      const isOver = performance.now() - started + pause > bootTime;
      if (!(error instanceof Error) || !notYet.has(error.name) || isOver) throw error;
      if (!isTold) onWait(error.name);
      isTold = true;
      await sleep(pause);
    }
  }
}
