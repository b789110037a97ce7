import * as z from 'zod/mini';

export const workerSecrets = z.object({ SLACK_BOT_TOKEN: z.string().check(z.startsWith('xoxb-')) });

const key = () => z.optional(z.string());

/** Keys of the same secret for the MCP servers: one is needed only while its server is switched on. */
export const toolSecrets = z.object({
  GITHUB_TOKEN: key(),
  ATLAN_API_KEY: key(),
  SPLUNK_TOKEN: key(),
  AZURE_TENANT_ID: key(),
  AZURE_CLIENT_ID: key(),
  AZURE_CLIENT_SECRET: key(),
});

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
