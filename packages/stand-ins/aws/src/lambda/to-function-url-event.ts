/** A Lambda function URL's event, payload version 2.0. */
export interface FunctionUrlEvent {
  readonly version: '2.0';
  readonly routeKey: '$default';
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly requestContext: Readonly<Record<string, unknown>>;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

/** JSON and text arrive as text. All else is base64, and so is `application/x-www-form-urlencoded`, which surprises. */
const textual = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml)\b|application\/javascript\b)/;

export function toFunctionUrlEvent(request: Request, body: Uint8Array, at: number): FunctionUrlEvent {
  const url = new URL(request.url);
  const query = joined(url.searchParams);
  const cookies = request.headers.get('cookie')?.split(/;\s*/);
  const isText = textual.test(request.headers.get('content-type') ?? '');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookies ? { cookies } : {}),
    headers: { ...joined(request.headers), 'x-forwarded-proto': 'https', 'x-forwarded-port': '443', 'x-forwarded-for': '127.0.0.1' },
    ...(Object.keys(query).length > 0 ? { queryStringParameters: query } : {}),
    requestContext: contextOf(request, url, at),
    ...(body.length > 0 ? { body: Buffer.from(body).toString(isText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** Values of one name, joined by commas. */
function joined(pairs: Iterable<[string, string]>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of pairs) values[name] = name in values ? `${values[name]},${value}` : value;
  return values;
}

function contextOf(request: Request, url: URL, at: number): Record<string, unknown> {
  const userAgent = request.headers.get('user-agent') ?? '';
  return {
    accountId: 'anonymous',
    apiId: 'local',
    domainName: url.host,
    domainPrefix: 'local',
    http: { method: request.method, path: url.pathname, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent },
    requestId: crypto.randomUUID(),
    routeKey: '$default',
    stage: '$default',
    time: new Date(at).toUTCString(),
    timeEpoch: at,
  };
}
