import * as z from 'zod';

const key = {
  /** Raise it when the API key changed: Terraform cannot see that by itself, for it never stores the key. */
  keyVersion: z.int().min(1).default(1),
};
/** Tokens of a service account work at api.atlassian.com only, those of a person at the site. */
const atlassian = (product: 'jira' | 'confluence') =>
  z
    .string()
    .regex(
      new RegExp(`^https://(?:[a-z0-9-]+\\.atlassian\\.net|api\\.atlassian\\.com/ex/${product}/[0-9a-f-]{36})$`),
      `the site without a path, such as https://northwind.atlassian.net, or https://api.atlassian.com/ex/${product}/<cloud id>`,
    );

/** Which SaaS APIs become tools, and who may call the gateway; MCP servers stand behind it by `via: 'gateway'` of theirs. */
export const gatewaySchema = z.strictObject({
  /** `iam` signs calls with the worker's role: no user pool, no client secret, no fee a token. */
  authorizer: z.enum(['cognito', 'iam']).default('iam'),
  /** Internal errors of the gateway reach the model: for finding a fault, never in production. */
  debug: z.boolean().default(false),
  targets: z
    .strictObject({
      pagerduty: z.strictObject({ ...key, serviceRegion: z.enum(['us', 'eu']).default('us') }).optional(),
      jira: z.strictObject({ ...key, site: atlassian('jira') }).optional(),
      confluence: z.strictObject({ ...key, site: atlassian('confluence') }).optional(),
    })
    .default({}),
});

export type GatewaySettings = z.output<typeof gatewaySchema>;
