import type { Target } from '../constructs/grant.ts';
import type { StorageStack } from './storage-stack.ts';

/** The key, for what was sealed as an account's tokens only: by itself nobody opens table or secret with it. */
export function accountsKeyOf({ keyArn }: StorageStack): Target {
  return { resources: [keyArn], conditions: { StringEquals: { 'kms:EncryptionContext:purpose': 'connected-account' } } };
}
