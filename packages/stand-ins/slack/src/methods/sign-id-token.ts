import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

const lifetimeSeconds = 300;
const keyId = 'emulator';
let keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } | undefined;

/** The id token as Slack signs it: RS256, good for five minutes. */
export function signIdToken(
  claims: Readonly<Record<string, unknown>>,
  { audience, now }: { readonly audience: string; readonly now: number },
): string {
  const iat = Math.floor(now / 1000);
  const payload = { iss: 'https://slack.com', aud: audience, iat, exp: iat + lifetimeSeconds, ...claims };
  const unsigned = [{ alg: 'RS256', typ: 'JWT', kid: keyId }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(keyPair().privateKey, 'base64url')}`;
}

/** What `/openid/connect/keys` publishes. */
export function publicKeys(): { readonly keys: readonly object[] } {
  return { keys: [{ ...keyPair().publicKey.export({ format: 'jwk' }), kid: keyId, alg: 'RS256', use: 'sig' }] };
}

/** Made when first needed: it takes a moment. */
function keyPair(): NonNullable<typeof keys> {
  keys ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  return keys;
}
