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
