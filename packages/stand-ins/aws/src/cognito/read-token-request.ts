import { OauthRefusal } from './oauth-refusal.ts';

export interface TokenRequest {
  readonly clientId: string;
  readonly clientSecret: string;
  /** None asked for means all the client may have. */
  readonly scopes: readonly string[] | undefined;
}

/** The client credentials of a request to `/oauth2/token`: by Basic authentication or in the form, never both ways. */
export async function readTokenRequest(request: Request): Promise<TokenRequest> {
  if (!request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded')) throw new OauthRefusal('invalid_request');
  const form = new URLSearchParams(await request.text());
  const grant = form.get('grant_type');
  if (!grant) throw new OauthRefusal('invalid_request');
  if (grant !== 'client_credentials') throw new OauthRefusal('unsupported_grant_type');
  const { clientId, clientSecret } = credentialsOf(request, form);
  const scope = form.get('scope')?.trim();
  return { clientId, clientSecret, scopes: scope ? scope.split(/\s+/) : undefined };
}

function credentialsOf(request: Request, form: URLSearchParams): { clientId: string; clientSecret: string } {
  const authorization = request.headers.get('authorization');
  const inForm = { clientId: form.get('client_id') ?? '', clientSecret: form.get('client_secret') ?? '' };
  if (authorization === null) {
    if (inForm.clientId === '') throw new OauthRefusal('invalid_request');
    return inForm;
  }
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/.exec(authorization)?.[1];
  const [, clientId, clientSecret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? [];
  if (clientId === undefined || clientSecret === undefined) throw new OauthRefusal('invalid_client');
  if (inForm.clientId !== '' && inForm.clientId !== clientId) throw new OauthRefusal('invalid_request');
  return { clientId, clientSecret };
}
