import type { Outcome } from './function-definition.ts';

interface FunctionUrlResult {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** What the caller of a function URL gets. A function that failed, or returned a result of another shape, is a 502. */
export function toFunctionUrlResponse(outcome: Outcome): Response {
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
