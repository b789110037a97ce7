import * as z from 'zod/mini';

export const workerSecrets = z.object({ SLACK_BOT_TOKEN: z.string().check(z.startsWith('xoxb-')) });

const key = () => z.optional(z.string());

/** Keys of the same secret that MCP servers need. One that is no text costs its server, not the worker. */
export const toolSecrets = (names: readonly string[]) =>
  z.object(Object.fromEntries(names.map((name) => [name, z.catch(key(), undefined)])));

/** Keys of the same secret with which people's accounts are used; a provider without both its keys is off. */
export const accountSecrets = z.object({
  PORTAL_TICKET_KEY: z.optional(z.string().check(z.minLength(32))),
  ATLASSIAN_CLIENT_ID: key(),
  ATLASSIAN_CLIENT_SECRET: key(),
  GITHUB_CLIENT_ID: key(),
  GITHUB_CLIENT_SECRET: key(),
});

/** The secret that a gateway with a user pool of its own brings along. */
export const gatewayClientSecrets = z.object({
  GATEWAY_CLIENT_ID: z.string().check(z.minLength(1)),
  GATEWAY_CLIENT_SECRET: z.string().check(z.minLength(1)),
  GATEWAY_TOKEN_URL: z.url(),
  GATEWAY_SCOPE: z.string().check(z.minLength(1)),
});
