import { createHash, randomBytes } from 'node:crypto';

/** What a person agreed to on the consent page. */
export interface Consent {
  readonly personId: string;
  readonly scope: string;
  readonly redirectUri: string;
  readonly challenge?: string;
}

export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly scope: string;
}

export interface GrantRules {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly codeSeconds: number;
  readonly accessSeconds: number;
  readonly refreshSeconds: number;
  /** How long a refresh token that was used is taken once more: for clients that lost the answer. */
  readonly reuseSeconds: number;
  /** What tokens begin with. */
  readonly prefixes: { readonly access: string; readonly refresh: string };
}

interface Family {
  readonly personId: string;
  readonly scope: string;
  isRevoked: boolean;
}

interface RefreshToken {
  readonly family: Family;
  readonly expiresAt: number;
  usedAt?: number;
}

/** Codes and tokens of an authorization server. All tokens that come of one consent are one family: it is revoked as a whole. */
export class Grants {
  private readonly rules: GrantRules;
  private readonly codes = new Map<string, { readonly consent: Consent; readonly expiresAt: number; family?: Family }>();
  private readonly refreshTokens = new Map<string, RefreshToken>();
  private readonly accessTokens = new Map<string, { readonly family: Family; readonly expiresAt: number }>();

  constructor(rules: GrantRules) {
    this.rules = rules;
  }

  issueCode(consent: Consent): string {
    const code = randomBytes(24).toString('base64url');
    this.codes.set(code, { consent, expiresAt: this.rules.now() + this.rules.codeSeconds * 1000 });
    return code;
  }

  /** Undefined for a code that is unknown, old, for another redirect URI or verifier. One that was used revokes what came of it. */
  redeem(code: string, redirectUri: string, verifier: string | undefined): IssuedTokens | undefined {
    const found = this.codes.get(code);
    if (!found) return undefined;
    if (found.family) {
      found.family.isRevoked = true;
      return undefined;
    }
    const { consent, expiresAt } = found;
    if (this.rules.now() >= expiresAt || redirectUri !== consent.redirectUri || !isVerified(consent.challenge, verifier)) return undefined;
    found.family = { personId: consent.personId, scope: consent.scope, isRevoked: false };
    return this.issue(found.family);
  }

  /** Undefined for a token that is unknown, old or revoked. One used too long ago revokes its family: somebody has a copy. */
  refresh(token: string): IssuedTokens | undefined {
    const found = this.refreshTokens.get(token);
    const now = this.rules.now();
    if (!found || found.family.isRevoked || now >= found.expiresAt) return undefined;
    if (found.usedAt !== undefined && now > found.usedAt + this.rules.reuseSeconds * 1000) {
      found.family.isRevoked = true;
      return undefined;
    }
    found.usedAt ??= now;
    return this.issue(found.family);
  }

  /** False when there is no such token. */
  revoke(token: string): boolean {
    const family = this.refreshTokens.get(token)?.family ?? this.accessTokens.get(token)?.family;
    if (family) family.isRevoked = true;
    return family !== undefined;
  }

  /** Whose access token it is, while it is good. */
  personIdOf(accessToken: string): string | undefined {
    const found = this.accessTokens.get(accessToken);
    return found && !found.family.isRevoked && this.rules.now() < found.expiresAt ? found.family.personId : undefined;
  }

  private issue(family: Family): IssuedTokens {
    const { now, accessSeconds, refreshSeconds, prefixes } = this.rules;
    const accessToken = `${prefixes.access}${randomBytes(32).toString('base64url')}`;
    const refreshToken = `${prefixes.refresh}${randomBytes(32).toString('base64url')}`;
    this.accessTokens.set(accessToken, { family, expiresAt: now() + accessSeconds * 1000 });
    this.refreshTokens.set(refreshToken, { family, expiresAt: now() + refreshSeconds * 1000 });
    return { accessToken, refreshToken, scope: family.scope };
  }
}

function isVerified(challenge: string | undefined, verifier: string | undefined): boolean {
  if (challenge === undefined) return verifier === undefined;
  return verifier !== undefined && createHash('sha256').update(verifier).digest('base64url') === challenge;
}
