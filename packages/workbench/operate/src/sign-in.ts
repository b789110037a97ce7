/** How AWS, its clients and its single sign-on name credentials that are missing, over, or not known. */
const names =
  /^(?:CredentialsProviderError|TokenProviderError|ProviderError|(?:Expired|Invalid)Token(?:Exception|Id)?|InvalidClientTokenId|UnrecognizedClient(?:Exception)?|InvalidSignatureException|SignatureDoesNotMatch|MissingAuthenticationToken(?:Exception)?|AuthFailure|UnauthorizedException)$/;

/** Whether AWS does not know who asks, by the error's name or that of what it came from. */
export function isSignedOut(error: unknown): boolean {
  return nameIn(error) !== undefined;
}

function nameIn(error: unknown): string | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1)
    if (names.test(cause.name)) return cause.name;
  return undefined;
}

export const signInRemedy = 'aws sso login, or export AWS_PROFILE=…; aws sts get-caller-identity has to answer';

/** By its name only: what was sent may stand in its message. */
export function signedOutWords(error: unknown): string {
  return `AWS does not know you (${nameIn(error) ?? 'unknown'}). Remedy: ${signInRemedy}`;
}
