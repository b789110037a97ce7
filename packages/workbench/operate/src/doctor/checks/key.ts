import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { ails, lives } from '../../check/finding.ts';
import { askIfThere } from '../ask.ts';
import { type Check, GroundError } from '../check.ts';

const part = 'key';
const right = 'kms:DescribeKey';

export const keyCheck: Check = {
  part,
  asks: 'Can the key of tables, secret and accounts be used?',
  rights: [right],
  concerns: ({ isLocal }) => !isLocal,
  async look({ clients, worker, settings }) {
    const KeyId = settings?.keyArn ?? (await worker()).variables.ACCOUNTS_KEY;
    if (!KeyId) throw new GroundError('the worker was told of none', 'pnpm cdktf deploy storage worker');
    const { KeyMetadata } = (await askIfThere(right, () => clients('kms').send(new DescribeKeyCommand({ KeyId })))) ?? {};
    if (!KeyMetadata)
      return [
        ails(part, `${KeyId} is not there: what it sealed is lost`, 'pnpm cdktf deploy storage; people connect their accounts again'),
      ];
    if (KeyMetadata.KeyState === 'PendingDeletion')
      return [
        ails(
          part,
          'it will be deleted, and all that it sealed with it',
          `at once: aws kms cancel-key-deletion --key-id ${KeyId}, then aws kms enable-key --key-id ${KeyId}`,
        ),
      ];
    if (KeyMetadata.KeyState !== 'Enabled')
      return [ails(part, `it is ${KeyMetadata.KeyState}: tables and secret cannot be read`, `aws kms enable-key --key-id ${KeyId}`)];
    return [lives(part, 'it is enabled')];
  },
};
