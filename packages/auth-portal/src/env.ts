import { auditEnv } from '@vera/audit/env';
import * as z from 'zod/mini';

const text = () => z.string().check(z.minLength(1));
const origin = () => z.optional(z.url());

export const authPortalEnv = z.object({
  /** Name or ARN of the secret with the keys of `secrets.ts`. */
  SECRET_ID: text(),
  ACCOUNTS_TABLE: text(),
  ...auditEnv,
  /** Id or ARN of the key that people's tokens are sealed with. */
  ACCOUNTS_KEY: text(),
  /** Name or ARN of the invoker, which questions that waited for an account are handed to. */
  INVOKER_FUNCTION: text(),
  /** Digests of what CloudFront shows, parted by commas, where it stands before the function's URL; any caller may come otherwise. */
  FRONT_DIGESTS: z._default(z.string(), ''),
  /** The address people see, when it is not the function's own. */
  PUBLIC_URL: origin(),
  /** Other origins of Slack and the providers. */
  SLACK_URL: origin(),
  ATLASSIAN_AUTH_URL: origin(),
  ATLASSIAN_API_URL: origin(),
  GITHUB_URL: origin(),
  GITHUB_API_URL: origin(),
});
