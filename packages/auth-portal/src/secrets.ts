import * as z from 'zod/mini';

export const authPortalSecrets = z.object({
  /** Signs the links that Vera hands out, and the portal's own sessions; at least 32 random characters. */
  PORTAL_TICKET_KEY: z.string().check(z.minLength(32)),
});
