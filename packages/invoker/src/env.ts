import { sessionScopeSchema } from '@vera/protocol/session-id';
import * as z from 'zod/mini';

/** Where the worker is on AgentCore. */
export const invokerEnv = z.object({
  AGENT_RUNTIME_ARN: z.string().check(z.startsWith('arn:')),
  /** The runtime's endpoint. */
  AGENT_RUNTIME_QUALIFIER: z._default(z.string(), 'DEFAULT'),
  SESSION_SCOPE: z._default(sessionScopeSchema, 'thread'),
});

/** Where it is on Lambda. */
export const invokerToLambdaEnv = z.object({
  /** Name or ARN of the worker. */
  WORKER_FUNCTION: z.string().check(z.minLength(1)),
});

/** By what an environment names. */
export function invokerEnvOf(environment: Readonly<Record<string, string | undefined>>) {
  return 'WORKER_FUNCTION' in environment ? invokerToLambdaEnv : invokerEnv;
}
