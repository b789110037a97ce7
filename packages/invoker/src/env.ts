import { sessionScopeSchema } from '@vera/protocol/session-id';
import * as z from 'zod/mini';

export const invokerEnv = z.object({
  AGENT_RUNTIME_ARN: z.string().check(z.startsWith('arn:')),
  /** The runtime's endpoint. */
  AGENT_RUNTIME_QUALIFIER: z._default(z.string(), 'DEFAULT'),
  SESSION_SCOPE: z._default(sessionScopeSchema, 'thread'),
});
