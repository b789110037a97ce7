import { createPublicKey, createVerify, type JsonWebKey } from 'node:crypto';

export interface Jwt {
  readonly keyId: string;
  readonly claims: Readonly<Record<string, unknown>>;
  isSignedBy(key: JsonWebKey): boolean;
}

/** A token taken apart; nothing for what is no RS256 token. `isSignedBy` is yet to be asked. */
export function readJwt(token: string): Jwt | undefined {
  const [head, payload, signature, ...rest] = token.split('.');
  const header = objectOf(head);
  const claims = objectOf(payload);
  if (!header || !claims || !signature || rest.length > 0 || header.alg !== 'RS256' || typeof header.kid !== 'string') return undefined;
  return {
    keyId: header.kid,
    claims,
    isSignedBy: (key) =>
      createVerify('RSA-SHA256')
        .update(`${head}.${payload}`)
        .verify(createPublicKey({ key, format: 'jwk' }), signature, 'base64url'),
  };
}

function objectOf(part: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
