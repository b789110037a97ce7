import type { Grant } from './grant.ts';

/** Tables and secrets are encrypted with our key; the services unlock them with the rights of whoever asks. */
export function usingKey(keyArn: string, region: string, services: readonly ('dynamodb' | 'secretsmanager')[]): Grant {
  return {
    actions: ['kms:Decrypt'],
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': services.map((service) => `${service}.${region}.amazonaws.com`) } },
    because: `used by ${services.join(' and ')}, with the rights of whoever asks`,
  };
}
