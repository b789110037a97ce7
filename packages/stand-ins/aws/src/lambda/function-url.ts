import type { Clock } from '@vera/stand-in-kit/clock';
import type { Answer } from '@vera/stand-in-kit/listen';
import { AwsError } from '../aws-error.ts';
import type { Outcome } from './function-definition.ts';

/** The largest request and the largest response of a synchronous invocation. */
export const largestPayload = 6_291_456;

/** The public door of one function. It asks for no signature, as a function URL of auth type NONE. */
export function answerFunctionUrl(clock: Clock, run: (event: string) => Promise<Outcome>): Answer {
  return async (request) => {
    const body = new Uint8Array(await request.arrayBuffer());
    const event = JSON.stringify(toFunctionUrlEvent(request, body, clock.now()));
    if (Buffer.byteLength(event) > largestPayload) return Response.json({ Message: 'Request Entity Too Large' }, { status: 413 });
    try {
      return toFunctionUrlResponse(await run(event));
    } catch (error) {
      if (error instanceof AwsError) return Response.json({ Message: error.message }, { status: error.status });
      throw error;
    }
  };
}

/** A Lambda function URL's event, payload version 2.0. */
interface FunctionUrlEvent {
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

function toFunctionUrlEvent(request: Request, body: Uint8Array, at: number): FunctionUrlEvent {
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

interface FunctionUrlResult {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** What the caller of a function URL gets. A function that failed, or returned a result of another shape, is a 502. */
function toFunctionUrlResponse(outcome: Outcome): Response {
  if (outcome.functionError) return internalError();
  const result = JSON.parse(outcome.payload) as unknown;
  if (!hasStatusCode(result)) {
    const body = typeof result === 'string' ? result : outcome.payload;
    return new Response(body, { headers: { 'content-type': 'application/json' } });
  }
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded = false } = result;
  if (!Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599 || typeof body !== 'string') return internalError();
  const answered = new Headers({ 'content-type': 'application/json' });
  for (const [name, value] of Object.entries(headers)) answered.set(name, String(value));
  for (const cookie of cookies) answered.append('set-cookie', cookie);
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  return new Response([204, 205, 304].includes(statusCode) ? null : bytes, { status: statusCode, headers: answered });
}

function hasStatusCode(result: unknown): result is FunctionUrlResult {
  return typeof result === 'object' && result !== null && 'statusCode' in result;
}

function internalError(): Response {
  return new Response('Internal Server Error', { status: 502, headers: { 'content-type': 'text/plain' } });
}
