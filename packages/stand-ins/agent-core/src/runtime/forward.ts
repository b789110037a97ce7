import { type IncomingHttpHeaders, type IncomingMessage, request as send } from 'node:http';
import { Readable } from 'node:stream';
import { AwsError } from '@vera/aws-stand-in/aws-error';

/** What the platform lets through to the container; all other headers stay outside. */
const forwarded = [
  'accept',
  'content-type',
  'x-amzn-bedrock-agentcore-runtime-session-id',
  'x-amzn-bedrock-agentcore-runtime-user-id',
  'x-amzn-trace-id',
  'traceparent',
  'tracestate',
  'baggage',
  'mcp-session-id',
  'mcp-protocol-version',
];
const returned = ['content-type', 'mcp-session-id', 'mcp-protocol-version', 'x-amzn-trace-id', 'traceparent', 'tracestate', 'baggage'];

export interface ForwardedCall {
  readonly url: string;
  readonly sessionId: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** Headers let through beside the platform's own. */
  readonly allowed?: readonly string[] | undefined;
  /** Called once the whole answer went through, or the connection broke. */
  readonly onClosed: () => void;
}

/** Passes a call on to the worker and streams its answer back. Whatever goes wrong inside is the caller's 424. */
export async function forward({ url, sessionId, headers, body, allowed = [], onClosed }: ForwardedCall): Promise<Response> {
  const kept = [...forwarded, ...allowed].flatMap((name) => (headers.has(name) ? [[name, headers.get(name) ?? '']] : []));
  const answer = await exchange(`${url}/invocations`, body, {
    ...Object.fromEntries(kept),
    'x-amzn-bedrock-agentcore-runtime-session-id': sessionId,
    'x-amzn-bedrock-agentcore-runtime-request-id': crypto.randomUUID(),
    'content-length': String(body.length),
  }).catch((cause: unknown) => {
    onClosed();
    throw runtimeClientError(502, cause);
  });
  answer.once('close', onClosed);
  const status = answer.statusCode ?? 500;
  if (status >= 400) {
    answer.resume();
    throw runtimeClientError(status);
  }
  return new Response(Readable.toWeb(answer) as ReadableStream, { status, headers: returnedHeaders(answer.headers, sessionId) });
}

/** `fetch` gives up a silent answer after five minutes; a session may take fifteen. */
function exchange(url: string, body: Uint8Array, headers: Record<string, string>): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  send(url, { method: 'POST', headers, agent: false }, resolve).on('error', reject).end(body);
  return promise;
}

function returnedHeaders(headers: IncomingHttpHeaders, sessionId: string): Headers {
  const answer = new Headers({ 'x-amzn-bedrock-agentcore-runtime-session-id': sessionId, 'x-amzn-requestid': crypto.randomUUID() });
  for (const name of returned) if (headers[name]) answer.set(name, String(headers[name]));
  return answer;
}

export function runtimeClientError(status: number, cause?: unknown): AwsError {
  const message = `Received error (${status}) from runtime. Please check your CloudWatch logs for more information.`;
  return Object.assign(new AwsError(424, 'RuntimeClientError', message), { cause });
}
