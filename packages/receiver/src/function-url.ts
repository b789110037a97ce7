/** What a Lambda function URL hands over (payload version 2.0), as far as it is used. */
export interface FunctionUrlEvent {
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestContext: { readonly http: { readonly method: string } };
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

export interface FunctionUrlResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The request as it was sent, its body as the very bytes: form posts arrive base64, JSON as text. Only a POST has a body here. */
export function toRequest(event: FunctionUrlEvent): Request {
  const query = event.rawQueryString === '' ? '' : `?${event.rawQueryString}`;
  const url = new URL(`${event.rawPath}${query}`, 'https://function-url.invalid');
  const headers = headersOf(event);
  if (event.requestContext.http.method !== 'POST') return new Request(url, { headers });
  return new Request(url, { method: 'POST', headers, body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8') });
}

export async function toResult(response: Response): Promise<FunctionUrlResult> {
  return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}

/** `Headers` throws on what HTTP does not allow; such a header is left out, so that a forged one ends as unsigned. */
function headersOf(event: FunctionUrlEvent): Headers {
  const legal = Object.entries(event.headers).filter(
    ([name, value]) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value),
  );
  return new Headers(legal);
}
