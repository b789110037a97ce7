import { AsyncLocalStorage } from 'node:async_hooks';
import { traceparentNow } from '../tracing/in-span.ts';
import type { Fetch } from './guarded-fetch.ts';
import { McpFailure, toMcpFailure } from './mcp-failure.ts';
import type { Authorization } from './mcp-server.ts';
import { SentTokens } from './without-keys.ts';

/** The call a request belongs to. */
interface CallInHand {
  /** Aborted when the call ended, however: nothing goes on reading for it. */
  readonly signal: AbortSignal;
  /** Ends the call when the stream with its answer breaks, of which the library tells nobody. */
  readonly fail: (failure: McpFailure) => void;
}

export interface BoundedFetch {
  readonly fetch: Fetch;
  /** Requests made inside `work`, directly or later, belong to the call. */
  during<Result>(call: CallInHand, work: () => Promise<Result>): Promise<Result>;
  readonly sentTokens: SentTokens;
}

/** For what belongs to no call: notifications; and the end of a session, for which a shutdown waits. */
const asideMilliseconds = 3_000;
const farewellMilliseconds = 1_000;

/** A `fetch` for the MCP library that authorizes requests and lets no response be longer than `largest` bytes or outlive its call. */
export function createBoundedFetch(authorization: Authorization, largest: number, reach: Fetch): BoundedFetch {
  const inHand = new AsyncLocalStorage<CallInHand>();
  const sentTokens = new SentTokens();
  return {
    sentTokens,
    during: (call, work) => inHand.run(call, work),
    async fetch(url, init = {}) {
      const isNotice = init.method === 'POST' && isSentAside('POST', textOf(init.body));
      if (!isNotice) return send(url, init);
      // Nobody waits for an answer: some servers refuse `notifications/initialized` and work all the same.
      const response = await send(url, init).catch(() => undefined);
      if (response?.ok) return response;
      await response?.body?.cancel();
      return new Response(null, { status: 202 });
    },
  };

  async function send(url: string | URL, init: RequestInit): Promise<Response> {
    const traceparent = traceparentNow();
    const headers: Record<string, string> = { ...Object.fromEntries(new Headers(init.headers)), ...(traceparent ? { traceparent } : {}) };
    const body = textOf(init.body);
    const method = init.method ?? 'GET';
    // A standing stream would cost a socket for a session's whole life; a list that changed is noticed with the next question.
    if (method === 'GET' && headers['last-event-id'] === undefined) return new Response(null, { status: 405 });
    const call = isSentAside(method, body) ? undefined : inHand.getStore();
    const signals = [
      call?.signal ?? AbortSignal.timeout(method === 'DELETE' ? farewellMilliseconds : asideMilliseconds),
      ...(init.signal ? [init.signal] : []),
    ];
    const signal = AbortSignal.any(signals);
    const added = await authorization.headers({ url: new URL(url), method, headers, body }, signal);
    sentTokens.note(added);
    // No redirect: what is sent, and the key with it, is for this address only.
    const sent = { ...init, headers: { ...headers, ...added }, redirect: 'error' as const, signal };
    const response = await reach(url, sent).catch((cause: unknown) => {
      throw cause instanceof McpFailure ? cause : new McpFailure('unreachable', 'the request failed', { cause });
    });
    if (response.status === 401) authorization.refused?.(response.headers.get('www-authenticate') ?? undefined);
    return bounded(response, largest, call);
  }
}

function textOf(body: RequestInit['body']): string | undefined {
  return typeof body === 'string' ? body : undefined;
}

/** Only a request has a method and an id; all else is sent along the way. */
function isSentAside(method: string, body: string | undefined): boolean {
  if (method !== 'POST') return method === 'DELETE';
  const message: unknown = JSON.parse(body ?? 'null');
  return !(typeof message === 'object' && message !== null && 'method' in message && 'id' in message);
}

function bounded(response: Response, largest: number, call: CallInHand | undefined): Response {
  if (!response.body) return response;
  const counted = countedBody(response.body, response.ok ? largest : 10_000, (failure) => call?.fail(failure));
  return new Response(counted, { status: response.status, statusText: response.statusText, headers: response.headers });
}

function countedBody(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  largest: number,
  onBroken: (failure: McpFailure) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  let length = 0;
  let isCancelled = false;
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await reader.read();
        if (isCancelled) return;
        if (done) return controller.close();
        length += value.byteLength;
        if (length > largest) throw new McpFailure('too-large', `the response has more than ${largest} bytes`);
        controller.enqueue(value);
      } catch (error) {
        const failure = toMcpFailure(error);
        onBroken(failure);
        controller.error(failure);
        await reader.cancel().catch(() => undefined);
      }
    },
    cancel(reason) {
      isCancelled = true;
      return reader.cancel(reason);
    },
  });
}
