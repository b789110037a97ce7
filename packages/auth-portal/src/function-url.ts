/** What a Lambda function URL hands over (payload version 2.0), as far as it is used. */
export interface FunctionUrlEvent {
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: readonly string[];
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly requestContext: { readonly domainName?: string; readonly http: { readonly method: string } };
}

export interface FunctionUrlResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string;
}

/** Where a request came from that was sent to none of our addresses. */
export const nowhere = 'https://portal.invalid';

/** A web `Request` cannot be made with these; to the portal they are what any method is that it does not know. */
const impossible = new Set(['CONNECT', 'TRACE', 'TRACK']);

/** The two headers that say which page sent a form. */
const readHeaders = ['origin', 'sec-fetch-site'];

/** The request as the portal sees it, under the portal's own origin. Never throws; a body is left unread, for nothing needs one. */
export function toRequest({ rawPath, rawQueryString, cookies = [], headers = {}, requestContext }: FunctionUrlEvent, publicUrl?: string) {
  // Set part by part, because an odd path would be read as a host or a port when glued to one.
  const url = new URL(ownOriginOf(requestContext.domainName ?? '', publicUrl));
  url.pathname = rawPath;
  url.search = rawQueryString;
  const { method } = requestContext.http;
  const cookie = cookies.filter((one) => /^[ -~]*$/.test(one)).join('; ');
  const read = readHeaders.flatMap((name) => (/^[!-~]+$/.test(headers[name] ?? '') ? [[name, headers[name] ?? '']] : []));
  return new Request(url, {
    method: impossible.has(method.toUpperCase()) ? 'OPTIONS' : method,
    headers: { ...Object.fromEntries(read), cookie },
  });
}

/**
 * Under which address people see the portal. Its stack cannot tell it, for the address is made after the function; but Lambda says under
 * which of its own names it was called. Any other name, a made-up `Host` above all, is not believed.
 */
function ownOriginOf(domainName: string, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return new URL(publicUrl).origin;
  return /^[a-z0-9]+\.lambda-url\.[a-z0-9-]+\.on\.aws$/.test(domainName) ? `https://${domainName}` : nowhere;
}

/** Cookies have a place of their own in the result: Lambda joins headers of one name. */
export async function toResult(response: Response): Promise<FunctionUrlResult> {
  const { 'set-cookie': _, ...headers } = Object.fromEntries(response.headers);
  return { statusCode: response.status, headers, cookies: response.headers.getSetCookie(), body: await response.text() };
}
