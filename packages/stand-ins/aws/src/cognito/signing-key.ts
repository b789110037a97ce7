import { createSign, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

/** A pair of keys that signs tokens as a Cognito user pool does. */
export interface SigningKey {
  /** The public half, as the pool publishes it. */
  readonly jwk: Readonly<Record<string, unknown>>;
  sign(claims: Readonly<Record<string, unknown>>): string;
}

export async function createSigningKey(): Promise<SigningKey> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const kid = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64');
  return {
    jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' },
    sign(claims) {
      const unsigned = [{ kid, alg: 'RS256' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
      return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(privateKey, 'base64url')}`;
    },
  };
}
