import type { ProviderId } from './account.ts';
import { createOAuthClient, type OAuthClient } from './oauth-client.ts';
import type { Provider } from './provider.ts';
import { atlassian } from './providers/atlassian.ts';
import { github } from './providers/github.ts';

/** Our apps' keys, as the secret names them. */
export interface ProviderSecrets {
  readonly ATLASSIAN_CLIENT_ID?: string | undefined;
  readonly ATLASSIAN_CLIENT_SECRET?: string | undefined;
  readonly GITHUB_CLIENT_ID?: string | undefined;
  readonly GITHUB_CLIENT_SECRET?: string | undefined;
}

/** Other origins of the providers; their own where left out. */
export interface ProviderOrigins {
  readonly ATLASSIAN_AUTH_URL?: string | undefined;
  readonly ATLASSIAN_API_URL?: string | undefined;
  readonly GITHUB_URL?: string | undefined;
  readonly GITHUB_API_URL?: string | undefined;
}

/** The providers that are on: those whose both keys are in the secret. */
export function providerClients(
  secrets: ProviderSecrets,
  origins: ProviderOrigins,
  now: () => number,
): ReadonlyMap<ProviderId, OAuthClient> {
  const candidates: readonly [Provider, string | undefined, string | undefined][] = [
    [
      atlassian({ authUrl: origins.ATLASSIAN_AUTH_URL, apiUrl: origins.ATLASSIAN_API_URL }),
      secrets.ATLASSIAN_CLIENT_ID,
      secrets.ATLASSIAN_CLIENT_SECRET,
    ],
    [github({ webUrl: origins.GITHUB_URL, apiUrl: origins.GITHUB_API_URL }), secrets.GITHUB_CLIENT_ID, secrets.GITHUB_CLIENT_SECRET],
  ];
  return new Map(
    candidates.flatMap(([provider, clientId, clientSecret]) =>
      clientId && clientSecret ? [[provider.id, createOAuthClient({ provider, keys: { clientId, clientSecret }, now })] as const] : [],
    ),
  );
}
