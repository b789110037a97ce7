import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport, StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { type JSONRPCMessage, McpError, ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import type { JsonSchemaValidatorResult, jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js';
import { shorten, textLimits } from '@vera/protocol/shorten';
import { withoutLogFields } from '@vera/service-kit/log';
import * as z from 'zod';
import { isObject } from '../is-object.ts';
import { startSpan, traceparentNow, within } from '../tracing/in-span.ts';
import { names } from '../tracing/names.ts';
import { type BoundedFetch, createBoundedFetch } from './bounded-fetch.ts';
import { guardedFetch } from './guarded-fetch.ts';
import type { CallLimits, CallResult, McpClient, McpHooks, OpenMcpClient } from './mcp-client.ts';
import { McpFailure, toMcpFailure } from './mcp-failure.ts';
import type { HttpTransport, McpServer, StdioTransport } from './mcp-server.ts';
import { openStdioChannel, type StdioChannel } from './stdio-channel.ts';
import { withoutKeys } from './without-keys.ts';

/** Looser than the library's own: one tool that is not as it should be costs that tool, not the list. */
const pageSchema = z.object({ tools: z.array(z.unknown()), nextCursor: z.string().optional().catch(undefined) });
const resultSchema = z.looseObject({});

/** The only file that knows the MCP library; loaded when the first server is opened. */
export const openSdkClient: OpenMcpClient = async (server, hooks) => {
  const client = new Client({ name: 'vera', version: '1.0.0' }, { capabilities: {}, jsonSchemaValidator: trusting });
  const wire = server.transport.kind === 'http' ? httpWire(server, server.transport) : stdioWire(server, server.transport, hooks);
  client.onerror = (error) => {
    const tell = () => hooks.log.debug('mcp.trouble', { server: server.name, error });
    // A program's words come as those of whichever question it was started for.
    if (wire.inHand) tell();
    else withoutLogFields(tell);
    // A message that is none answers somebody: where one call is in hand, that one, which would wait for nothing.
    const [fail, another] = wire.inHand ?? [];
    if (fail && !another && isZodError(error)) fail(new McpFailure('malformed', 'the answer is not what MCP says', { cause: error }));
  };
  client.setNotificationHandler(ToolListChangedNotificationSchema, hooks.onToolsChanged);
  const limits = { milliseconds: server.limits.openMilliseconds, signal: new AbortController().signal };
  try {
    await inTime(wire, limits, (options) => client.connect(wire.transport, options));
  } catch (error) {
    await wire.close();
    throw await explained(error, server, wire, hooks);
  }
  return clientOf(client, wire, server);
};

interface Wire {
  readonly transport: Transport;
  readonly during: BoundedFetch['during'];
  /** What ends the calls that wait for an answer, where each message that comes is one. */
  readonly inHand?: Set<(failure: McpFailure) => void>;
  /** Why the connection broke, if it did. */
  readonly broken: () => McpFailure | undefined;
  close(): Promise<void>;
  /** Of a program. */
  readonly lastWords?: StdioChannel['lastWords'];
}

/** Before it was open a program knew of no question: what it wrote last may be told to whoever runs it, without its keys. */
async function explained(error: unknown, { name, keys = [] }: McpServer, { lastWords }: Wire, { log }: McpHooks): Promise<unknown> {
  const written = withoutKeys((await lastWords?.()) ?? '', keys).split('\n');
  const words = written
    .filter((line) => line.trim() !== '' && !stackFrame.test(line))
    .slice(-mostLines)
    .join('\n');
  if (words === '') return error;
  const said = shorten(words, textLimits.toolError);
  log.warn('mcp.program-said', { server: name, said });
  const { code, message } = toMcpFailure(error);
  return new McpFailure(code, message, { cause: new Error(said) });
}

const mostLines = 6;
const stackFrame = /^\s+at /;

function clientOf(client: Client, wire: Wire, { name: server, metadata = {} }: McpServer): McpClient {
  const spanOf = (method: string) => startSpan(`${method} ${server}`, { [names.mcpMethod]: method, [names.server]: server });
  return {
    listTools: (cursor, limits) =>
      within(spanOf('tools/list'), () =>
        inTime(wire, limits, (options) => {
          const params = { ...(cursor === undefined ? {} : { cursor }), ...metaOf(metadata) };
          return client.request({ method: 'tools/list', params }, pageSchema, options);
        }),
      ),
    callTool: async (name, input, limits) =>
      toCallResult(
        await within(spanOf('tools/call'), () =>
          inTime(wire, limits, (options) =>
            client.request({ method: 'tools/call', params: { name, arguments: input, ...metaOf(metadata) } }, resultSchema, options),
          ).catch(unreadable),
        ),
      ),
    close: () => wire.close(),
  };
}

/** With the trace where MCP 2026-07-28 has it, so that what a server or a gateway notes of the call is found with it. */
function metaOf(metadata: NonNullable<McpServer['metadata']>): { readonly _meta?: Readonly<Record<string, string>> } {
  const traceparent = traceparentNow();
  const meta = { ...metadata, ...(traceparent === undefined ? {} : { traceparent }) };
  return Object.keys(meta).length === 0 ? {} : { _meta: meta };
}

/** JSON that is no result is this one call's matter. */
function unreadable(error: unknown): never {
  const { cause } = toMcpFailure(error);
  throw isZodError(cause) ? new McpFailure('unreadable', 'the result is not what MCP says', { cause }) : error;
}

/** Also what servers give back that hold to an older draft of MCP (`toolResult`) or to none. */
function toCallResult({ content, structuredContent, isError, toolResult }: Readonly<Record<string, unknown>>): CallResult {
  const structured = structuredContent ?? toolResult;
  return {
    ...(content === undefined || content === null ? {} : { content: [content].flat() }),
    ...(structured === undefined || structured === null ? {} : { structuredContent: structured }),
    isError: isError === true,
  };
}

function httpWire({ limits, keys = [] }: McpServer, { url, authorization, isPrivateAllowed }: HttpTransport): Wire {
  const { fetch, during, sentTokens } = createBoundedFetch(authorization, limits.largestMessage, guardedFetch(isPrivateAllowed));
  const transport = new StreamableHTTPClientTransport(url, { fetch });
  let isClosed = false;
  return {
    // Its type of `sessionId` lacks the `undefined` that it holds.
    transport: forgiving(transport as Transport, () => [...keys, ...sentTokens]),
    during,
    inHand: new Set(),
    broken: () => (isClosed ? new McpFailure('closed', 'the connection closed') : undefined),
    async close() {
      isClosed = true;
      await transport.terminateSession().catch(() => undefined);
      await transport.close();
    },
  };
}

function stdioWire({ limits, keys = [] }: McpServer, options: StdioTransport, hooks: McpHooks): Wire {
  let failure: McpFailure | undefined;
  let isOurs = false;
  const transport: Transport = forgiving({ start: async () => {}, send: async (message) => channel.send(message), close }, () => keys);
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
  return { transport, during: (_, work) => work(), broken: () => failure, close, lastWords: () => channel.lastWords() };
}

/** The library refuses a server over its name's version, which nobody needs. Nothing goes up from here with a key in it. */
function forgiving(transport: Transport, keys: () => readonly string[]): Transport {
  let take: Transport['onmessage'];
  Object.defineProperty(transport, 'onmessage', {
    set(given: Transport['onmessage']) {
      take = given;
    },
    get: () =>
      take &&
      (((message: JSONRPCMessage, extra) => take?.(withoutKeys(completed(message), keys()), extra)) satisfies Transport['onmessage']),
  });
  return transport;
}

function completed(message: JSONRPCMessage): JSONRPCMessage {
  // What a program writes may be anything.
  if (!isObject(message) || !('result' in message) || !isObject(message.result) || !('protocolVersion' in message.result)) return message;
  const { serverInfo, capabilities, ...rest } = message.result;
  const named = { name: 'unnamed', version: 'unknown', ...textsOf(serverInfo) };
  return { ...message, result: { ...rest, capabilities: capabilities ?? {}, serverInfo: named } };
}

function textsOf(value: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(isObject(value) ? value : {}).filter(([, part]) => part !== null));
}

interface RequestOptions {
  readonly signal: AbortSignal;
  readonly timeout: number;
}

/** The library tells its own timeout under a code that servers use as well (-32001): it gets none, and each of its errors is a server's. */
const longestTimer = 2 ** 31 - 1;

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
  wire.inHand?.add(fail);
  const tooLong = setTimeout(() => fail(new McpFailure('timed-out', `no answer within ${Math.ceil(milliseconds / 1000)} s`)), milliseconds);
  try {
    const options = { signal: stopped.signal, timeout: longestTimer };
    return await Promise.race([wire.during({ signal: ended.signal, fail }, () => work(options)), broken.promise]);
  } catch (error) {
    throw wire.broken() ?? failureOf(error, signal);
  } finally {
    clearTimeout(tooLong);
    wire.inHand?.delete(fail);
    ended.abort();
  }
}

function failureOf(error: unknown, signal: AbortSignal): McpFailure {
  if (error instanceof McpFailure) return error;
  if (signal.aborted) return new McpFailure('cancelled', 'the question was stopped', { cause: error });
  if (error instanceof StreamableHTTPError) return new McpFailure(codeOfStatus(error.code ?? 0), `HTTP ${error.code}`, { cause: error });
  // The server's own words, whatever the code (those from -32000 to -32099 are its to choose); the library puts some before them.
  if (error instanceof McpError) return new McpFailure('refused', error.message.replace(/^MCP error -?\d+: /, ''), { cause: error });
  if (error instanceof SyntaxError || isZodError(error))
    return new McpFailure('malformed', 'the answer is not what MCP says', { cause: error });
  return new McpFailure('unreachable', 'the exchange failed', { cause: error });
}

function isZodError(error: unknown): boolean {
  return error instanceof Error && error.name === 'ZodError';
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
