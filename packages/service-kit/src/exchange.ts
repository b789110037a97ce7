import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface ExchangeOptions {
  /** Node's own, which keeps connections, when left out. */
  readonly agent?: http.Agent;
  /** Milliseconds for one whole answer. */
  readonly timeout: number;
}

/** A POST by Node's own `http`: loading `fetch` alone takes a tenth of a Lambda's cold start. Rejects where no whole answer came in time. */
export async function exchange(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  { agent, timeout }: ExchangeOptions,
): Promise<Answer> {
  const { request: open } = url.protocol === 'http:' ? http : https;
  const signal = AbortSignal.timeout(timeout);
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  const request = open(url, { method: 'POST', headers: { ...headers, ...length }, signal, ...(agent ? { agent } : {}) });
  // What breaks after the answer began is told by the answer.
  request.on('error', () => {});
  request.on('socket', limitConnecting);
  request.end(body);
  try {
    const [response] = (await once(request, 'response', { signal })) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() };
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : cause;
    const reason = signal.aborted ? `${timeout} ms are over` : code;
    throw new Error(`No answer from ${url.host} (${reason})`, { cause });
  }
}

/** A second to connect: who cannot be reached by then is worth another attempt. */
function limitConnecting(socket: Socket): void {
  if (!socket.connecting) return;
  const limit = setTimeout(
    () => void socket.destroy(Object.assign(new Error('Not connected within a second'), { code: 'ETIMEDOUT' })),
    1_000,
  );
  for (const event of ['connect', 'close']) socket.once(event, () => clearTimeout(limit));
}
