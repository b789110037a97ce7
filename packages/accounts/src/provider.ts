import type { Identity, ProviderId, Tokens } from './account.ts';

/** Our app's keys at a provider. */
export interface ClientKeys {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Fetches a JSON document of the provider's API with somebody's access token; throws when there is none. */
export type ReadJson = (url: string, accessToken: string) => Promise<unknown>;

/** An OAuth 2.0 provider as data, and the two things that each does in its own way. */
export interface Provider {
  readonly id: ProviderId;
  /** As people know it. */
  readonly name: string;
  /** What an account there is good for. */
  readonly use: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly scopes: readonly string[];
  /** Beside the standard ones. */
  readonly authorizeParams: Readonly<Record<string, string>>;
  readonly hasPkce: boolean;
  /** Where a person sees and ends what they allowed. */
  readonly manageUrl: string;
  /** Errors of the token endpoint that mean: not this code or refresh token, never again. */
  readonly isFinal: (error: string, description: string) => boolean;
  readonly identify: (read: ReadJson, accessToken: string) => Promise<Identity>;
  readonly revocation: (keys: ClientKeys, tokens: Tokens) => Request;
}
