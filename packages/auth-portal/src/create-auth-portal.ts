import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsDefaults } from '@vera/service-kit/aws-defaults';
import type { Log } from '@vera/service-kit/log';
import { readSecrets } from '@vera/service-kit/read-secrets';
import type * as z from 'zod/mini';
import { type AuthPortal, createAuthPortal } from './auth-portal.ts';
import type { authPortalEnv } from './env.ts';
import { authPortalSecrets } from './secrets.ts';

/** Makes the auth portal of this process: its secret, its pages. */
export async function createAuthPortalFromEnv(env: z.output<typeof authPortalEnv>, log: Log): Promise<AuthPortal> {
  // A person waits for the page: two tries of two seconds each.
  const client = new SecretsManagerClient(awsDefaults(2_000, 2));
  const secrets = await readSecrets(client, env.SECRET_ID, authPortalSecrets);
  return createAuthPortal({ key: secrets.PORTAL_TICKET_KEY, now: Date.now, log });
}
