import { timingSafeEqual } from 'node:crypto';
import { type Clock, realClock } from '@vera/stand-in-kit/clock';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { OauthRefusal, readTokenRequest } from './cognito/read-token-request.ts';
import { createSigningKey, type SigningKey } from './cognito/signing-key.ts';

export interface AppClient {
  readonly id: string;
  readonly secret: string;
  /** Such as `vera/invoke`: the resource server's identifier and the scope's name. */
  readonly scopes: readonly string[];
}

export interface CognitoParts {
  readonly clients: readonly AppClient[];
  /** Such as `us-east-1_Ab12Cd34E`. */
  readonly userPoolId?: string;
  readonly clock?: Clock;
  /** How long a token is good for; an hour, as in AWS. */
  readonly tokenSeconds?: number;
  readonly port?: number;
}

export interface CognitoEmulator extends Listening {
  readonly issuer: string;
  readonly discoveryUrl: string;
  readonly tokenUrl: string;
  /** How many tokens were given out: Cognito charges for each. */
  readonly tokensIssued: number;
  /** What the pool would sign; with claims of its own a test makes what a client must not accept. */
  sign(claims: Readonly<Record<string, unknown>>): string;
}

/**
 * A user pool whose only clients are machines: tokens by client credentials, its discovery document and its keys. In AWS the token endpoint
 * and the issuer have different hosts; here one server is both.
 */
export async function createCognito(parts: CognitoParts): Promise<CognitoEmulator> {
  const { clients, userPoolId = 'us-east-1_NorthW1nd', clock = realClock, tokenSeconds = 3_600 } = parts;
  const key = await createSigningKey();
  let issued = 0;
  const server = await listen(async (request) => {
    const { pathname, origin } = new URL(request.url);
    const issuer = `${origin}/${userPoolId}`;
    switch (`${request.method} ${pathname}`) {
      case `GET /${userPoolId}/.well-known/openid-configuration`:
        return Response.json(discoveryOf(issuer, origin));
      case `GET /${userPoolId}/.well-known/jwks.json`:
        return Response.json({ keys: [key.jwk] });
      case 'POST /oauth2/token': {
        const answer = await answerToken(request, { clients, key, issuer, tokenSeconds, now: clock.now() });
        if (answer.ok) issued += 1;
        return answer;
      }
      default:
        return Response.json({ message: 'Not Found' }, { status: 404 });
    }
  }, parts.port);
  const issuer = `${server.url}/${userPoolId}`;
  return {
    ...server,
    issuer,
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    tokenUrl: `${server.url}/oauth2/token`,
    get tokensIssued() {
      return issued;
    },
    sign: key.sign,
  };
}

function discoveryOf(issuer: string, origin: string): object {
  return {
    authorization_endpoint: `${origin}/oauth2/authorize`,
    id_token_signing_alg_values_supported: ['RS256'],
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ['code', 'token'],
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint: `${origin}/oauth2/token`,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  };
}

interface TokenParts {
  readonly clients: readonly AppClient[];
  readonly key: SigningKey;
  readonly issuer: string;
  readonly tokenSeconds: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

async function answerToken(request: Request, { clients, key, issuer, tokenSeconds, now }: TokenParts): Promise<Response> {
  try {
    const { clientId, clientSecret, scopes } = await readTokenRequest(request);
    const client = clients.find(({ id }) => id === clientId);
    if (!client) throw new OauthRefusal('invalid_client');
    if (!isSame(client.secret, clientSecret)) throw new OauthRefusal('invalid_client', 'invalid_client_secret');
    const granted = scopes ?? client.scopes;
    if (granted.some((scope) => !client.scopes.includes(scope))) throw new OauthRefusal('invalid_scope');
    const iat = Math.floor(now / 1_000);
    const access_token = key.sign({
      sub: clientId,
      token_use: 'access',
      scope: granted.join(' '),
      auth_time: iat,
      iss: issuer,
      exp: iat + tokenSeconds,
      iat,
      version: 2,
      jti: crypto.randomUUID(),
      client_id: clientId,
    });
    return Response.json({ access_token, expires_in: tokenSeconds, token_type: 'Bearer' }, { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    if (error instanceof OauthRefusal) return error.toResponse();
    throw error;
  }
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
