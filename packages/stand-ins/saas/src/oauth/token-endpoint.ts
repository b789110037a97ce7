import type { Answer } from '@vera/stand-in-kit/listen';
import type { Grants, IssuedTokens } from './grants.ts';
import type { OAuthEmulator, OAuthFault } from './oauth-emulator.ts';

export interface TokenEndpointParams {
  readonly grants: Grants;
  readonly clientId: string;
  readonly clientSecret: string;
  /** How the provider says no. */
  readonly refusal: (error: 'client' | 'code' | 'refresh-token' | 'grant-type' | 'malformed') => Response;
  readonly success: (tokens: IssuedTokens) => Record<string, unknown>;
}

export interface TokenEndpoint extends Pick<OAuthEmulator, 'tokenRequests' | 'inject'> {
  readonly answer: Answer;
}

/** Codes and refresh tokens for tokens, as form or JSON. */
export function createTokenEndpoint(params: TokenEndpointParams): TokenEndpoint {
  const tokenRequests: { grantType: string; status: number }[] = [];
  const faults: OAuthFault[] = [];
  return {
    tokenRequests,
    inject: (fault) => void faults.push(fault),
    async answer(request, { incoming }) {
      const fault = faults.shift();
      if (fault === 'unavailable') return new Response('Service Unavailable', { status: 503 });
      if (fault === 'malformed') return new Response('<html>It works!</html>');
      const fields = await fieldsOf(request);
      const response = fields ? granted(params, fields) : params.refusal('malformed');
      tokenRequests.push({ grantType: fields?.get('grant_type') ?? '', status: response.status });
      if (fault === 'lost-response') incoming.socket.destroy();
      return response;
    },
  };
}

function granted(params: TokenEndpointParams, fields: URLSearchParams): Response {
  const { grants, clientId, clientSecret, refusal, success } = params;
  const field = (name: string) => fields.get(name) ?? '';
  if (field('client_id') !== clientId || field('client_secret') !== clientSecret) return refusal('client');
  const ok = (tokens: IssuedTokens) => Response.json(success(tokens), { headers: { 'cache-control': 'no-store' } });
  switch (field('grant_type')) {
    case 'authorization_code': {
      const tokens = grants.redeem(field('code'), field('redirect_uri'), fields.get('code_verifier') ?? undefined);
      return tokens ? ok(tokens) : refusal('code');
    }
    case 'refresh_token': {
      const tokens = grants.refresh(field('refresh_token'));
      return tokens ? ok(tokens) : refusal('refresh-token');
    }
    default:
      return refusal('grant-type');
  }
}

async function fieldsOf(request: Request): Promise<URLSearchParams | undefined> {
  const text = await request.text();
  if (!request.headers.get('content-type')?.includes('json')) return new URLSearchParams(text);
  try {
    return new URLSearchParams(JSON.parse(text) as Record<string, string>);
  } catch {
    return undefined;
  }
}
