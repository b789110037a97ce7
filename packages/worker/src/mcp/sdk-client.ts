import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport, StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { ErrorCode, type JSONRPCMessage, McpError, ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import type { JsonSchemaValidatorResult, jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js';
import * as z from 'zod';
import { type BoundedFetch, createBoundedFetch } from './bounded-fetch.ts';
import type { CallLimits, McpClient, McpHooks, OpenMcpClient } from './mcp-client.ts';
import { McpFailure } from './mcp-failure.ts';
import type { HttpTransport, McpServer, StdioTransport } from './mcp-server.ts';
import { openStdioChannel } from './stdio-channel.ts';

/** Looser than the library's own: one tool that is not as it should be costs that tool, not the list. */
const pageSchema = z.object({ tools: z.array(z.unknown()), nextCursor: z.string().optional().catch(undefined) });
const resultSchema = z.object({
  content: z.array(z.unknown()).optional(),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().optional(),
});

/** The only file that knows the MCP library; loaded when the first server is opened. */
export const openSdkClient: OpenMcpClient = async (server, hooks) => {
  const client = new Client({ name: 'vera', version: '1.0.0' }, { capabilities: {}, jsonSchemaValidator: trusting });
  const wire = server.transport.kind === 'http' ? httpWire(server, server.transport) : stdioWire(server, server.transport, hooks);
  client.onerror = (error) => hooks.log.debug('mcp.trouble', { server: server.name, error });
  client.setNotificationHandler(ToolListChangedNotificationSchema, hooks.onToolsChanged);
  const limits = { milliseconds: server.limits.openMilliseconds, signal: new AbortController().signal };
  try {
    await inTime(wire, limits, (options) => client.connect(wire.transport, options));
  } catch (error) {
    await wire.close();
    throw error;
  }
  return clientOf(client, wire);
};

interface Wire {
  readonly transport: Transport;
  readonly during: BoundedFetch['during'];
  /** Why the connection broke, if it did. */
  readonly broken: () => McpFailure | undefined;
  close(): Promise<void>;
}

function clientOf(client: Client, wire: Wire): McpClient {
  return {
    listTools: (cursor, limits) =>
      inTime(wire, limits, (options) =>
        client.request({ method: 'tools/list', params: cursor === undefined ? {} : { cursor } }, pageSchema, options),
      ),
    callTool: (name, input, limits) =>
      inTime(wire, limits, (options) =>
        client.request({ method: 'tools/call', params: { name, arguments: input } }, resultSchema, options),
      ),
    close: () => wire.close(),
  };
}

function httpWire({ limits }: McpServer, { url, authorization }: HttpTransport): Wire {
  const { fetch, during } = createBoundedFetch(authorization, limits.largestMessage);
  const transport = new StreamableHTTPClientTransport(url, { fetch });
  return {
    // Its type of `sessionId` lacks the `undefined` that it holds.
    transport: transport as Transport,
    during,
    broken: () => undefined,
    async close() {
      await transport.terminateSession().catch(() => undefined);
      await transport.close();
    },
  };
}

function stdioWire({ limits }: McpServer, options: StdioTransport, hooks: McpHooks): Wire {
  let failure: McpFailure | undefined;
  let isOurs = false;
  const transport: Transport = { start: async () => {}, send: async (message) => channel.send(message), close };
  const channel = openStdioChannel(options, limits.largestMessage, {
    onValue: (value) => transport.onmessage?.(value as JSONRPCMessage),
    onClosed(reason) {
      failure = reason;
      transport.onclose?.();
      if (!isOurs) hooks.onClosed(reason);
    },
  });
  async function close() {
    isOurs = true;
    await channel.close();
  }
  return { transport, during: (_, work) => work(), broken: () => failure, close };
}

interface RequestOptions {
  readonly signal: AbortSignal;
  readonly timeout: number;
  readonly maxTotalTimeout: number;
}

/** One exchange: it ends in time, with the call's signal, or when the stream that would bring its answer breaks. */
async function inTime<Result>(
  wire: Wire,
  { milliseconds, signal }: CallLimits,
  work: (options: RequestOptions) => Promise<Result>,
): Promise<Result> {
  const ended = new AbortController();
  const stopped = new AbortController();
  const broken = Promise.withResolvers<never>();
  const stop = () => stopped.abort(signal.reason);
  const fail = (failure: McpFailure) => {
    // The end of the call breaks what was left of its stream.
    if (ended.signal.aborted) return;
    broken.reject(failure);
    stopped.abort(failure);
  };
  if (signal.aborted) throw new McpFailure('cancelled', 'the question was stopped');
  signal.addEventListener('abort', stop, { signal: ended.signal });
  try {
    const options = { signal: stopped.signal, timeout: milliseconds, maxTotalTimeout: milliseconds };
    return await Promise.race([wire.during({ signal: ended.signal, fail }, () => work(options)), broken.promise]);
  } catch (error) {
    throw wire.broken() ?? failureOf(error, signal);
  } finally {
    ended.abort();
  }
}

function failureOf(error: unknown, signal: AbortSignal): McpFailure {
  if (error instanceof McpFailure) return error;
  if (signal.aborted) return new McpFailure('cancelled', 'the question was stopped', { cause: error });
  if (error instanceof StreamableHTTPError) return new McpFailure(codeOfStatus(error.code ?? 0), `HTTP ${error.code}`, { cause: error });
  if (error instanceof McpError) return failureOfRpc(error);
  if (error instanceof SyntaxError || (error instanceof Error && error.name === 'ZodError'))
    return new McpFailure('malformed', 'the answer is not what MCP says', { cause: error });
  return new McpFailure('unreachable', 'the exchange failed', { cause: error });
}

function failureOfRpc(error: McpError): McpFailure {
  if (error.code === ErrorCode.RequestTimeout) return new McpFailure('timed-out', 'no answer in time', { cause: error });
  if (error.code === ErrorCode.ConnectionClosed) return new McpFailure('closed', 'the connection closed', { cause: error });
  // The library puts its own words before the server's.
  return new McpFailure('refused', error.message.replace(/^MCP error -?\d+: /, ''), { cause: error });
}

function codeOfStatus(status: number): McpFailure['code'] {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  // 404 says so; some servers say 400.
  if (status === 404 || status === 400) return 'session-lost';
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'server-error';
  return status === -1 ? 'malformed' : 'unreachable';
}

/** The library would compile a server's output schemas and hold results to them; we read results as they are. */
const trusting: jsonSchemaValidator = {
  getValidator:
    <T>() =>
    (input: unknown) =>
      ({ valid: true, data: input as T, errorMessage: undefined }) as JsonSchemaValidatorResult<T>,
};
