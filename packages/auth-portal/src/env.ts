import * as z from 'zod/mini';

export const authPortalEnv = z.object({
  /** Name or ARN of the secret with the keys of `secrets.ts`. */
  SECRET_ID: z.string().check(z.minLength(1)),
});
