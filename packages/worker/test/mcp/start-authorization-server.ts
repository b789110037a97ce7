import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TokenRequest {
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, string>>;
}

export interface AuthorizationServer {
  readonly url: string;
  /** What stands at a path; `undefined` is 404. */
  readonly documents: Map<string, unknown>;
  readonly asked: TokenRequest[];
  readonly answer: { status: number; more: Record<string, unknown> };
  [Symbol.asyncDispose](): Promise<void>;
}

/** Gives documents, and `token-1`, `token-2` … at `/token`, to a client it knows by header (RFC 6749, 2.3.1) or, where `takes` says so, in the body. */
export async function startAuthorizationServer(takes: 'basic' | 'post' = 'basic'): Promise<AuthorizationServer> {
  const documents = new Map<string, unknown>();
  const asked: TokenRequest[] = [];
  const answer = { status: 200, more: {} as Record<string, unknown> };
  let issued = 0;
  const http = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const send = (status: number, value: unknown) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (request.method === 'POST' && request.url === '/token') {
      const body = Object.fromEntries(new URLSearchParams(String(Buffer.concat(chunks))));
      asked.push({ authorization: request.headers.authorization, body });
      const isKnown = takes === 'basic' ? request.headers.authorization === basic : body.client_secret === 'secret-1';
      if (!isKnown) return send(401, { error: 'invalid_client' });
      if (answer.status !== 200) return send(answer.status, { error: 'invalid_request' });
      issued += 1;
      return send(200, { access_token: `token-${issued}`, token_type: 'Bearer', ...answer.more });
    }
    const document = documents.get(request.url ?? '');
    return document === undefined ? send(404, {}) : send(200, document);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    documents,
    asked,
    answer,
    async [Symbol.asyncDispose]() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

const basic = `Basic ${Buffer.from('client-1:secret-1').toString('base64')}`;
