import { noteSecret } from '@vera/service-kit/secret-texts';
import * as z from 'zod/mini';
import type { ProviderId, Tokens } from './account.ts';
import type { Person } from './portal-ticket.ts';
import { personKeyOf } from './table.ts';

/** Whose tokens of which provider: what was sealed for one is not opened for another. */
export interface SealContext {
  readonly person: string;
  readonly provider: string;
}

/** Encrypts what may be read by nobody who only has the table. */
export interface Seal {
  /** All that can fail comes first: the function it gives needs nobody any more. */
  prepare(context: SealContext): Promise<(text: string) => Uint8Array>;
  /** Throws `SealError` for what was not sealed for this context, or was changed. */
  open(sealed: Uint8Array, context: SealContext): Promise<string>;
}

export class SealError extends Error {
  readonly code = 'seal';
}

const tokensSchema = z.object({
  accessToken: z.string(),
  accessExpiresAt: z.optional(z.number()),
  refreshToken: z.optional(z.string()),
});

export type TokenSealer = (tokens: Tokens) => Uint8Array;

/** What seals tokens of this person at this provider. Made before a provider is asked for them, so that they are never left in the open. */
export async function tokenSealerFor(seal: Seal, person: Person, provider: ProviderId): Promise<TokenSealer> {
  const close = await seal.prepare({ person: personKeyOf(person), provider });
  return (tokens) => close(JSON.stringify(tokens));
}

/** Rejects with `SealError` where they can never be opened again. */
export async function openTokens(seal: Seal, bytes: Uint8Array, person: Person, provider: ProviderId): Promise<Tokens> {
  const text = await seal.open(bytes, { person: personKeyOf(person), provider });
  try {
    const tokens = tokensSchema.parse(JSON.parse(text));
    for (const token of [tokens.accessToken, tokens.refreshToken ?? '']) noteSecret(token);
    return tokens;
  } catch (cause) {
    throw new SealError('What was sealed are no tokens', { cause });
  }
}
