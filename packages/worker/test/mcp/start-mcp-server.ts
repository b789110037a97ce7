import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

export interface StartMcpServerOptions {
  /** Registers the tools of a new session. */
  readonly tools: (server: McpServer) => void;
  /** Looks at a request first; `true` when it answered itself. */
  readonly intercept?: (request: ReceivedRequest, response: ServerResponse) => boolean | Promise<boolean>;
}

export interface ReceivedRequest {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  /** The JSON-RPC method, for a message that has one. */
  readonly rpc: string | undefined;
  readonly id: unknown;
  readonly body: string;
}

/** A server of the official library behind HTTP, with sessions that can be lost. */
export async function startMcpServer({ tools, intercept = () => false }: StartMcpServerOptions) {
  const sessions = new Map<string, { server: McpServer; transport: StreamableHTTPServerTransport }>();
  const requests: ReceivedRequest[] = [];
  const http = createServer(async (request, response) => {
    const received = await receive(request);
    requests.push(received);
    if (await intercept(received, response)) return;
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? sessions.get(id) : undefined;
    if (id !== undefined && !known) return void response.writeHead(404).end();
    const transport = known?.transport ?? (await openSession());
    await transport.handleRequest(request, response, received.body === '' ? undefined : JSON.parse(received.body));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: new URL(`http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`),
    requests,
    sessions,
    /** How often a JSON-RPC method was asked for. */
    count: (rpc: string) => requests.filter((request) => request.rpc === rpc).length,
    async [Symbol.asyncDispose]() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };

  async function openSession() {
    const server = new McpServer({ name: 'test', version: '1.0.0' });
    tools(server);
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void sessions.set(id, { server, transport }),
    });
    await server.connect(transport as Parameters<McpServer['connect']>[0]);
    return transport;
  }
}

async function receive(request: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const isJson = request.headers['content-type']?.includes('json') && body !== '';
  const { method: rpc, id } = isJson ? JSON.parse(body) : {};
  return { method: request.method ?? '', headers: request.headers, rpc, id, body };
}
