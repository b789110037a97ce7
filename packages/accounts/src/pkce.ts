import { createHash } from 'node:crypto';

/** What the provider is shown of a verifier before it sees the verifier (PKCE, S256). */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
