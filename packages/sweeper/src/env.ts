import { deliveryGraceSeconds } from '@vera/ledger/delivery-grace';
import * as z from 'zod/mini';

const text = () => z.string().check(z.minLength(1));

export const sweeperEnv = z.object({
  /** Name or ARN of the secret with the keys of `secrets.ts`. */
  SECRET_ID: text(),
  LEDGER_TABLE: text(),
  /** Name or ARN of the invoker. */
  INVOKER_FUNCTION: text(),
  /** How often a question is handed to a worker before it counts as lost. */
  MOST_ATTEMPTS: z._default(z.coerce.number().check(z.int(), z.minimum(1)), 3),
  DELIVERY_GRACE_SECONDS: deliveryGraceSeconds,
  /** Another origin of Slack's Web API. */
  SLACK_API_URL: z.optional(z.url()),
});
