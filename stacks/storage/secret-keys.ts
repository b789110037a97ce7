import { authPortalSecrets } from '@vera/auth-portal/secrets';
import { receiverSecrets } from '@vera/receiver/secrets';
import { sweeperSecrets } from '@vera/sweeper/secrets';
import { accountSecrets, toolSecrets, workerSecrets } from '@vera/worker/secrets';

/** The keys of the one secret, as the deployables that read it name them. */
export const secretKeys: readonly string[] = [
  ...new Set(
    [receiverSecrets, workerSecrets, toolSecrets, accountSecrets, sweeperSecrets, authPortalSecrets].flatMap((schema) =>
      Object.keys(schema.shape),
    ),
  ),
].sort();
