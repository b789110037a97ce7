import type { AccessRequest } from './iam/statement.ts';

/** What a service does with its caller's rights when what it keeps is encrypted with a key of the account's own. */
export function decryptionBy(service: string, keyArn: string | undefined): readonly AccessRequest[] {
  if (keyArn === undefined) return [];
  const region = keyArn.split(':')[3];
  const viaService = `${service}.${region}.amazonaws.com`;
  // Services name table or secret in the encryption context, and no purpose.
  const context = { 'kms:ViaService': viaService, 'kms:EncryptionContext:purpose': undefined };
  return [{ action: 'kms:Decrypt', resource: keyArn, context }];
}
