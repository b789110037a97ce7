/** What a Lambda function URL hands over (payload version 2.0), as far as it is used: not the host, nor any header but cookies. */
export interface FunctionUrlEvent {
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: readonly string[];
  readonly requestContext: { readonly http: { readonly method: string } };
}

export interface FunctionUrlResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string;
}

/** A web `Request` cannot be made with these; to the portal they are what any method is that it does not know. */
const impossible = new Set(['CONNECT', 'TRACE', 'TRACK']);

/** The request as the portal sees it, under a host of no meaning. Never throws; a body is left unread, for nothing takes one. */
export function toRequest({ rawPath, rawQueryString, cookies = [], requestContext }: FunctionUrlEvent): Request {
  // Set part by part, because an odd path would be read as a host or a port when glued to one.
  const url = new URL('https://portal.invalid');
  url.pathname = rawPath;
  url.search = rawQueryString;
  const { method } = requestContext.http;
  const cookie = cookies.filter((one) => /^[ -~]*$/.test(one)).join('; ');
  return new Request(url, { method: impossible.has(method.toUpperCase()) ? 'OPTIONS' : method, headers: { cookie } });
}

/** Cookies have a place of their own in the result: Lambda joins headers of one name. */
export async function toResult(response: Response): Promise<FunctionUrlResult> {
  const { 'set-cookie': _, ...headers } = Object.fromEntries(response.headers);
  return { statusCode: response.status, headers, cookies: response.headers.getSetCookie(), body: await response.text() };
}
