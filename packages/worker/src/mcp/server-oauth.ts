import { clientMethods, createClientCredentials } from './client-credentials.ts';
import { findTokenEndpoint, type TokenEndpoint } from './find-token-endpoint.ts';
import type { Fetch } from './guarded-fetch.ts';
import type { Authorization } from './mcp-server.ts';
import type { ServerData } from './server-data.ts';

interface ServerOauthParams {
  readonly server: URL;
  /** With the keys in their places. */
  readonly oauth: NonNullable<ServerData['oauth']>;
  readonly send: Fetch;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A server's own client credentials. Where its tokens are to be had is found out with the first request, unless it is told. */
export function createServerOauth({ server, oauth, send, now }: ServerOauthParams): Authorization {
  const { clientId, clientSecret, tokenUrl } = oauth;
  /** What the server said when it refused us; empty where it said nothing, undefined before. */
  let refusal: string | undefined;
  let finding: Promise<TokenEndpoint> | undefined;
  const credentials = createClientCredentials(async () => {
    finding ??= tokenUrl === undefined ? findTokenEndpoint(server, refusal, send) : Promise.resolve({ tokenUrl, methods: clientMethods });
    const endpoint = await finding;
    const scope = oauth.scope ?? /\bscope="([^"]+)"/.exec(refusal ?? '')?.[1];
    return { clientId, clientSecret, ...endpoint, scope, send };
  }, now);
  return {
    async headers(request, signal) {
      try {
        return await credentials.headers(request, signal);
      } catch (error) {
        finding = undefined;
        // A server that tells where to sign in only when it refuses has to be asked once without a token.
        if (refusal !== undefined || tokenUrl !== undefined) throw error;
        return {};
      }
    },
    refused(challenge) {
      refusal = challenge ?? refusal ?? '';
      finding = undefined;
    },
    renew: credentials.renew,
  };
}
