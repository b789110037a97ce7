import { auditEnv } from '@vera/audit/env';
import { deliveryGraceSeconds } from '@vera/ledger/delivery-grace';
import { sessionScopeSchema } from '@vera/protocol/session-id';
import * as z from 'zod/mini';

const text = () => z.string().check(z.minLength(1));

const wholeNumber = () => z.coerce.number().check(z.int(), z.minimum(1));

export const sweeperEnv = z.object({
  /** Name or ARN of the secret with the keys of `secrets.ts`. */
  SECRET_ID: text(),
  LEDGER_TABLE: text(),
  ...auditEnv,
  /** Where the audit log's heads are copied to. */
  AUDIT_HEADS_TABLE: text(),
  /** Name or ARN of the invoker. */
  INVOKER_FUNCTION: text(),
  /** How often a worker begins with a question before it counts as lost. */
  MOST_ATTEMPTS: z._default(wholeNumber(), 3),
  DELIVERY_GRACE_SECONDS: deliveryGraceSeconds,
  /** How long no worker may have a question in hand before it counts as lost. */
  UNHELD_SECONDS: z._default(wholeNumber(), 900),
  /** Between two looks within a minute. */
  LOOK_SECONDS: z._default(wholeNumber(), 5),
  /** How long all questions of a session must have been closed before it is stopped; left out, it ends by its idle time alone. */
  STOP_AFTER_SECONDS: z.optional(wholeNumber()),
  /** Whose sessions are stopped; on Lambda there are none. */
  AGENT_RUNTIME_ARN: z.optional(z.string().check(z.startsWith('arn:'))),
  /** The runtime's endpoint. */
  AGENT_RUNTIME_QUALIFIER: z._default(z.string(), 'DEFAULT'),
  SESSION_SCOPE: z._default(sessionScopeSchema, 'thread'),
  /** Another origin of Slack's Web API. */
  SLACK_API_URL: z.optional(z.url()),
});
