import type { Grants } from '../constructs/grant.ts';
import { stateKeyOf } from '../constructs/use-aws.ts';
import type { Settings } from '../settings/settings.ts';

/** Reading the state, or keeping it: nothing where the state is beside the code. */
export function stateGrantsOf(settings: Settings, use: 'read' | 'write'): Grants {
  if (!settings.state) return {};
  const bucket = `arn:aws:s3:::${settings.state.bucket}`;
  const ours = `${bucket}/${stateKeyOf(settings, '*')}`;
  return {
    stateBucket: { actions: ['s3:ListBucket'], resources: [bucket], because: 'Terraform looks whether a stack has a state yet' },
    state: {
      actions: use === 'read' ? ['s3:GetObject'] : ['s3:GetObject', 's3:PutObject'],
      resources: [ours],
      because: 'one file a stack, of this environment only',
    },
    ...(use === 'write'
      ? {
          stateLock: {
            actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
            resources: [`${ours}.tflock`],
            because: 'one lock a stack',
          },
        }
      : {}),
  };
}
