import * as z from 'zod/mini';

const key = () => z.optional(z.string().check(z.minLength(1)));

export const authPortalSecrets = z.object({
  /** Signs the links that Vera hands out, and the portal's own sessions; at least 32 random characters. */
  PORTAL_TICKET_KEY: z.string().check(z.minLength(32)),
  /** Of the Slack app, for Sign in with Slack. Without them nobody can prove who they are, and nothing is connected. */
  SLACK_CLIENT_ID: key(),
  SLACK_CLIENT_SECRET: key(),
  /** Of our app at each provider; one without both its keys is off. */
  ATLASSIAN_CLIENT_ID: key(),
  ATLASSIAN_CLIENT_SECRET: key(),
  GITHUB_CLIENT_ID: key(),
  GITHUB_CLIENT_SECRET: key(),
});
