import * as z from 'zod';

const key = {
  /** Raise it when the API key changed: Terraform cannot see that by itself, for it never stores the key. */
  keyVersion: z.int().min(1).default(1),
};
const site = z.string().regex(/^https:\/\/[a-z0-9-]+\.atlassian\.net$/, 'the site without a path, such as https://northwind.atlassian.net');

/** Which SaaS APIs become tools, and who may call the gateway. */
export const gatewaySchema = z.strictObject({
  /** `iam` signs calls with the worker's role: no user pool, no client secret, no fee a token. */
  authorizer: z.enum(['cognito', 'iam']).default('iam'),
  /** Internal errors of the gateway reach the model: for finding a fault, never in production. */
  debug: z.boolean().default(false),
  targets: z
    .strictObject({
      pagerduty: z.strictObject(key).optional(),
      jira: z.strictObject({ ...key, site }).optional(),
      confluence: z.strictObject({ ...key, site }).optional(),
    })
    .refine(
      (targets) => Object.values(targets).some(Boolean),
      'name at least one of pagerduty, jira, confluence, or leave the gateway out',
    ),
});

export type GatewaySettings = z.output<typeof gatewaySchema>;
