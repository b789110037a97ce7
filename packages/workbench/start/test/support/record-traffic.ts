import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/** Everything that comes in over HTTP, headers and bodies, at any stand-in of this process; of traces, which are no text, the headers. */
export interface TrafficRecord extends Disposable {
  /** What came since it was taken last. */
  take(): string;
}

export function recordTraffic(): TrafficRecord {
  let chunks: Buffer[] = [];
  const watch = (message: unknown) => {
    const { request } = message as { request: IncomingMessage };
    chunks.push(Buffer.from(`\n${request.method} ${request.url}\n${request.rawHeaders.join('\n')}\n`));
    if (request.url === '/v1/traces') return;
    // A listener would set the stream going before its reader is there.
    const push = request.push.bind(request);
    request.push = (chunk, encoding) => {
      if (chunk) chunks.push(Buffer.from(chunk));
      return push(chunk, encoding);
    };
  };
  subscribe('http.server.request.start', watch);
  return {
    take() {
      const taken = Buffer.concat(chunks).toString('latin1');
      chunks = [];
      return taken;
    },
    [Symbol.dispose]: () => void unsubscribe('http.server.request.start', watch),
  };
}
