import type { Grant, Target } from '../constructs/grant.ts';

/** The account decides by IAM who uses the key. Without this statement nobody could ever change the key again. */
export function keyPolicyOf(account: string): string {
  const accountDecides = {
    Sid: 'AccountDecidesByIam',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [accountDecides] });
}

/** Ends up beside the policy in the synthesised stack. */
export const keyPolicyReasons = {
  AccountDecidesByIam: 'in a key’s own policy * is that key; without this nobody could ever use or change it again',
};

/** Tables and secrets are encrypted with our key; the services unlock them with the rights of whoever asks. */
export function usingKey(keyArn: string, region: string, services: readonly ('dynamodb' | 'secretsmanager')[]): Grant {
  return {
    actions: ['kms:Decrypt'],
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': services.map((service) => `${service}.${region}.amazonaws.com`) } },
    because: `used by ${services.join(' and ')}, with the rights of whoever asks`,
  };
}

/** The key, for what was sealed as an account's tokens only: by itself nobody opens table or secret with it. */
export function accountsKeyOf({ keyArn }: { readonly keyArn: string }): Target {
  return { resources: [keyArn], conditions: { StringEquals: { 'kms:EncryptionContext:purpose': 'connected-account' } } };
}
