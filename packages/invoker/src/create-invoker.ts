import { setTimeout as sleep } from 'node:timers/promises';
import type { Work } from '@vera/protocol/work';
import { createInvokeLater } from '@vera/service-kit/invoke-later';
import type { Log } from '@vera/service-kit/log';
import { type AwsEnv, createSignedCalls, type SignedCall } from '@vera/service-kit/signed-calls';
import type * as z from 'zod/mini';
import type { invokerEnv, invokerToLambdaEnv } from './env.ts';
import { createInvoker, type InvokerParams } from './invoker.ts';

/** The longest the invoker waits for a session to boot and answer: its Lambda's 900 s less some for the error to get out. */
const patience = 890_000;

type InvokerEnv = z.output<typeof invokerEnv | typeof invokerToLambdaEnv>;

/** Makes the invoker of this process. */
export function createInvokerFromEnv(env: InvokerEnv, aws: AwsEnv, log: Log): (event: unknown) => Promise<void> {
  // One attempt only: another would hand the question over twice; Lambda retries what failed as a whole.
  const call = createSignedCalls({ env: aws, timeout: patience, maxAttempts: 1 });
  const clock = { now: Date.now, monotonic: () => performance.now() };
  if ('WORKER_FUNCTION' in env)
    return createInvoker({ scope: 'thread', callWorker: inLambda(createInvokeLater(call, env.WORKER_FUNCTION)), log, ...clock });
  const callWorker = inAgentCore(call, env.AGENT_RUNTIME_ARN, env.AGENT_RUNTIME_QUALIFIER);
  return createInvoker({ scope: env.SESSION_SCOPE, callWorker, log, ...clock });
}

/** Lambda's own queue waits in the invoker's place until an instance is there. There are no sessions; in the log the id still tells the thread. */
function inLambda(invoke: (work: unknown) => Promise<void>): InvokerParams['callWorker'] {
  return async (_, work) => {
    await invoke(work);
    return 'queued';
  };
}

function inAgentCore(call: SignedCall, runtimeArn: string, qualifier: string): InvokerParams['callWorker'] {
  const path = `/runtimes/${encodeURIComponent(runtimeArn)}/invocations`;
  return (sessionId, work, line) =>
    callPatiently(
      () =>
        call({
          service: 'bedrock-agentcore',
          path,
          query: { qualifier },
          headers: {
            'content-type': 'application/json',
            accept: 'application/json',
            'x-amzn-bedrock-agentcore-runtime-session-id': sessionId,
            ...traceHeaders(work),
          },
          body: JSON.stringify(work),
        }),
      (reason) => line.info(`${work.kind}.not-yet`, { reason }),
    );
}

/** So that what the platform notes of the call is found with it. What counts for us is in the body. */
function traceHeaders(work: Work): Readonly<Record<string, string>> {
  return work.kind === 'question' && work.trace ? { traceparent: work.trace.traceparent } : {};
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
