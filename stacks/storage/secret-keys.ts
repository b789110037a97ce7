import { authPortalSecrets } from '@vera/auth-portal/secrets';
import { receiverSecrets } from '@vera/receiver/secrets';
import { sweeperSecrets } from '@vera/sweeper/secrets';
import { serversOf, toolKeysOf } from '@vera/worker/env';
import { accountSecrets, workerSecrets } from '@vera/worker/secrets';
import type { Settings } from '../settings/settings.ts';

/** The keys of the one secret, as the deployables that read it name them, and those that the MCP servers of the settings need. */
export function secretKeysOf({ mcpServers }: Pick<Settings, 'mcpServers'>): readonly string[] {
  const ours = [receiverSecrets, workerSecrets, accountSecrets, sweeperSecrets, authPortalSecrets];
  return [...new Set([...ours.flatMap((schema) => Object.keys(schema.shape)), ...toolKeysOf(serversOf(mcpServers))])].sort();
}
