import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';

/** A small HTTP server on loopback. `await using` closes it. */
export interface Listening extends AsyncDisposable {
  /** For example `http://127.0.0.1:41234`, without a trailing slash. */
  readonly url: string;
  readonly port: number;
}

/** The bindings are Node's own request and response, for what a `Response` cannot say: to cut the line. */
export type Answer = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

/**
 * Serves `answer` on 127.0.0.1; port 0 takes any free one. Rejects with EADDRINUSE when the port is taken. A `server` of one's own brings
 * what is to be closed along with it.
 */
export async function listen(answer: Answer, port = 0, server: Server = createServer()): Promise<Listening> {
  server.on(
    'request',
    getRequestListener((request, bindings) => answer(request, bindings as HttpBindings)),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
