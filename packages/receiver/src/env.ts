import { auditEnv } from '@vera/audit/env';
import { deliveryGraceSeconds } from '@vera/ledger/delivery-grace';
import { sessionScopeSchema } from '@vera/protocol/session-id';
import * as z from 'zod/mini';

export const receiverEnv = z.object({
  /** Which of the deployments in an account this is: what it counts is told apart by it. */
  DEPLOYMENT: z.string().check(z.minLength(1)),
  /** Name or ARN of the secret with the keys of `secrets.ts`. */
  SECRET_ID: z.string().check(z.minLength(1)),
  LEDGER_TABLE: z.string().check(z.minLength(1)),
  ...auditEnv,
  /** Name or ARN of the invoker. */
  INVOKER_FUNCTION: z.string().check(z.minLength(1)),
  DELIVERY_GRACE_SECONDS: deliveryGraceSeconds,
  /** Digests of what CloudFront shows, parted by commas, where it stands before the function's URL; any caller may come otherwise. */
  FRONT_DIGESTS: z._default(z.string(), ''),
  /** Where Slack's response URLs are; another origin for GovSlack. */
  SLACK_HOOKS_URL: z._default(z.url(), 'https://hooks.slack.com'),
  /** Slack's Web API; another origin for GovSlack. */
  SLACK_API_URL: z._default(z.url(), 'https://slack.com/api/'),
  /** Which session the log says a question belongs to: the invoker chooses it by the same. */
  SESSION_SCOPE: z._default(sessionScopeSchema, 'thread'),
  /** Who may write on in a thread without a mention. */
  FOLLOW_UPS: z._default(z.enum(['mention', 'asker', 'thread']), 'asker'),
  /** Bot ids, parted by commas, whose messages count as questions; usually empty. */
  ALLOWED_BOT_IDS: z._default(z.string(), ''),
  /** Slack ids, parted by commas, of those who may stop what others asked. */
  STOPPERS: z._default(z.string(), ''),
  /** Of how many questions the trace is kept, from 0 to 1; 0: nothing is traced. */
  TRACED_SHARE: z._default(z.coerce.number().check(z.minimum(0), z.maximum(1)), 0),
});
