import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultList, FaultTiming } from '@vera/stand-in-kit/fault-list';
import { unauthorized } from './inbound/authorize.ts';
import type { Message } from './inbound/read-message.ts';
import { GatewayRefusal } from './refusals.ts';

/** What a test makes the gateway do wrong. A changed tool list is no fault: `useTargets`. */
export type GatewayFault = FaultTiming & {
  /** Only requests of this method, such as `tools/call`. */
  readonly method?: string;
} & (
    | { readonly kind: 'dead' | 'silent' | 'invalid-json' | 'endless' | 'session-lost' | 'token-expired' }
    /** Answers properly, later. */
    | { readonly kind: 'slow'; readonly milliseconds: number }
    /** A well-formed answer of at least so many bytes; 32 MiB unless told. */
    | { readonly kind: 'oversized'; readonly bytes?: number }
    | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds?: number }
  );

export type GatewayFaults = FaultList<GatewayFault, string>;

const oneMebibyte = 1024 * 1024;

interface BrokenParts {
  readonly request: Request;
  readonly message: Message;
  /** Cuts the line. */
  readonly cut: () => void;
}

/** What a struck request gets instead of its answer; nothing when the fault only delays it. Throws the refusals. */
export async function brokenAnswer(fault: GatewayFault, { request, message, cut }: BrokenParts): Promise<Response | undefined> {
  switch (fault.kind) {
    case 'slow':
      await sleep(fault.milliseconds, undefined, { signal: request.signal });
      return undefined;
    case 'dead':
      cut();
      return new Response(null, { status: 500 });
    case 'silent':
      return new Promise((resolve) => request.signal.addEventListener('abort', () => resolve(new Response(null, { status: 500 }))));
    case 'invalid-json':
      return new Response('{"jsonrpc":"2.0","id":', { headers: { 'content-type': 'application/json' } });
    case 'oversized':
      return oversized(message, fault.bytes ?? 32 * oneMebibyte);
    case 'endless':
      return endless();
    case 'session-lost':
      throw new GatewayRefusal(404, -32001, 'Session not found');
    case 'token-expired':
      throw unauthorized(request, 'Invalid Bearer token');
    case 'status': {
      const headers: Record<string, string> =
        fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) };
      throw new GatewayRefusal(fault.status, -32000, wordsFor(fault.status), { headers });
    }
  }
}

function wordsFor(status: number): string {
  if (status === 429) return 'Rate exceeded';
  return status === 403 ? 'Forbidden' : 'An internal error occurred. Please retry later.';
}

/** Made while it is sent, so that only the reader can run out of memory. */
function oversized({ id }: Message, bytes: number): Response {
  const piece = new TextEncoder().encode('x'.repeat(oneMebibyte));
  let left = bytes;
  const body = new ReadableStream<Uint8Array>({
    start: (out) =>
      out.enqueue(
        new TextEncoder().encode(
          `{"jsonrpc":"2.0","id":${JSON.stringify(id ?? null)},"result":{"tools":[],"isError":false,"content":[{"type":"text","text":"`,
        ),
      ),
    pull(out) {
      if (left > 0) {
        out.enqueue(piece);
        left -= piece.byteLength;
        return;
      }
      out.enqueue(new TextEncoder().encode('"}]}}'));
      out.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}

/** A stream of notifications that never comes to the answer. */
function endless(): Response {
  const event = new TextEncoder().encode(
    `event: message\ndata: {"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"${'.'.repeat(1_000)}"}}\n\n`,
  );
  const body = new ReadableStream<Uint8Array>({
    async pull(out) {
      await sleep(2);
      out.enqueue(event);
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}
