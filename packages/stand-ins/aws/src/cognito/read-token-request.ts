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

/** An error of the token endpoint, worded as Cognito words it: a code, and seldom more. */
export class OauthRefusal extends Error {
  readonly code = 'oauth-refusal';
  readonly error: string;
  readonly description: string | undefined;

  constructor(error: string, description?: string) {
    super(description ?? error);
    this.error = error;
    this.description = description;
  }

  /** Cognito answers 400 to a wrong secret as well, where RFC 6749 has 401. */
  toResponse(): Response {
    return Response.json(
      { error: this.error, ...(this.description === undefined ? {} : { error_description: this.description }) },
      { status: 400, headers: { 'cache-control': 'no-store', pragma: 'no-cache' } },
    );
  }
}
