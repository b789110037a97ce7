import type { Person } from '@vera/accounts/portal-ticket';
import { shorten, textLimits } from '@vera/protocol/shorten';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod/mini';

export interface SignInParams {
  readonly state: string;
  readonly nonce: string;
  readonly redirectUri: string;
  /** The workspace to sign in to. */
  readonly teamId: string;
}

export type SignInAnswer =
  | { readonly kind: 'person'; readonly person: Person }
  /** The code or what came for it does not hold; `reason` is fit for a log. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Proves whose browser it is. Does not throw for what Slack does. */
export interface SignIn {
  authorizeUrl(params: SignInParams): string;
  personOf(code: string, params: Pick<SignInParams, 'nonce' | 'redirectUri'>): Promise<SignInAnswer>;
}

export interface SlackSignInParams {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Slack's own origin. */
  readonly slackUrl: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What is in every id token of Slack's, wherever its endpoints are. */
const issuer = 'https://slack.com';
const patience = 5_000;

const answerSchema = z.object({ ok: z.literal(true), id_token: z.string() });
const errorSchema = z.object({ ok: z.literal(false), error: z.string() });
const claimsSchema = z.object({
  nonce: z.string(),
  'https://slack.com/user_id': z.string().check(z.minLength(1)),
  'https://slack.com/team_id': z.string().check(z.minLength(1)),
});

/** Sign in with Slack: OpenID Connect. https://docs.slack.dev/authentication/sign-in-with-slack */
export function createSlackSignIn(params: SlackSignInParams): SignIn {
  const { clientId, clientSecret, slackUrl, now } = params;
  const keys = createRemoteJWKSet(new URL('/openid/connect/keys', slackUrl), { timeoutDuration: patience });
  return {
    authorizeUrl({ state, nonce, redirectUri, teamId }) {
      const url = new URL('/openid/connect/authorize', slackUrl);
      const query = { response_type: 'code', scope: 'openid', client_id: clientId, redirect_uri: redirectUri, state, nonce, team: teamId };
      url.search = new URLSearchParams(query).toString();
      return url.href;
    },
    async personOf(code, { nonce, redirectUri }) {
      const body = { client_id: clientId, client_secret: clientSecret, grant_type: 'authorization_code', code, redirect_uri: redirectUri };
      try {
        const response = await fetch(new URL('/api/openid.connect.token', slackUrl), {
          method: 'POST',
          body: new URLSearchParams(body),
          redirect: 'error',
          signal: AbortSignal.timeout(patience),
        });
        const answer: unknown = await response.json();
        const refused = errorSchema.safeParse(answer);
        if (refused.success) return { kind: 'refused', reason: shorten(refused.data.error, textLimits.name) };
        return await personIn(answerSchema.parse(answer).id_token, { keys, clientId, nonce, now });
      } catch (error) {
        return { kind: 'unavailable', reason: error instanceof Error ? error.name : 'unknown' };
      }
    },
  };
}

interface Expected {
  readonly keys: JWTVerifyGetKey;
  readonly clientId: string;
  readonly nonce: string;
  readonly now: () => number;
}

async function personIn(idToken: string, { keys, clientId, nonce, now }: Expected): Promise<SignInAnswer> {
  try {
    const { payload } = await jwtVerify(idToken, keys, {
      algorithms: ['RS256'],
      issuer,
      audience: clientId,
      requiredClaims: ['exp', 'iat'],
      currentDate: new Date(now()),
      // Between Slack's clock and ours.
      clockTolerance: 30,
    });
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success || claims.data.nonce !== nonce) return { kind: 'refused', reason: 'claims' };
    const { 'https://slack.com/user_id': userId, 'https://slack.com/team_id': teamId } = claims.data;
    return { kind: 'person', person: { teamId, userId } };
  } catch (error) {
    // Keys that cannot be fetched are Slack's trouble; all else is this token's.
    const isOfKeys = error instanceof errors.JWKSTimeout || (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC');
    if (error instanceof errors.JOSEError && !isOfKeys) return { kind: 'refused', reason: error.code };
    throw error;
  }
}
