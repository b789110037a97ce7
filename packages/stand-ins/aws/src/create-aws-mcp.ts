import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { CallToolRequestSchema, ListToolsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { AwsError } from './aws-error.ts';
import { type ApiAnswers, runScript } from './aws-mcp/run-script.ts';
import { signerOf } from './aws-mcp/signer-of.ts';
import { awsMcpTools } from './aws-mcp/tools.ts';
import type { Identity } from './iam/identity.ts';
import { defaultPlace, type Place } from './place.ts';

export interface AwsMcpParams extends Partial<Place> {
  readonly port?: number;
  readonly identityOf: (accessKeyId: string, sessionToken: string | null) => Identity | undefined;
  /** By `service:Operation`; empty where nothing is said. */
  readonly answers?: ApiAnswers;
}

export interface AwsMcpEmulator extends Listening {
  readonly mcpUrl: string;
  /** The tools that were called, by whom, and in which region the caller wanted its calls. */
  readonly calls: readonly { readonly tool: string; readonly caller: string | undefined; readonly region: string | undefined }[];
}

/** AWS's managed MCP server: streamable HTTP, signed for `aws-mcp`, every API with the rights of whoever signed. */
export async function createAwsMcp(params: AwsMcpParams): Promise<AwsMcpEmulator> {
  const place = { ...defaultPlace, ...params };
  const calls: AwsMcpEmulator['calls'][number][] = [];
  const server = await listen(async (request) => {
    const body = await request.clone().text();
    try {
      const identity = await signerOf(request, body, { service: 'aws-mcp', region: place.region, identityOf: params.identityOf });
      const session = sessionFor(identity, { place, answers: params.answers ?? {}, note: (call) => void calls.push(call) });
      const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
      await session.connect(transport);
      return await transport.handleRequest(request);
    } catch (error) {
      if (error instanceof AwsError) return error.toResponse();
      throw error;
    }
  }, params.port);
  return { ...server, mcpUrl: `${server.url}/mcp`, calls };
}

interface SessionParts {
  readonly place: Place;
  readonly answers: ApiAnswers;
  readonly note: (call: AwsMcpEmulator['calls'][number]) => void;
}

/** The documentation is open to everybody; what reaches an account says in its result that it does not know who asks. */
function sessionFor(identity: Identity | undefined, { place, answers, note }: SessionParts): Server {
  const server = new Server({ name: 'AWS MCP Server', version: '1.0.0' }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: awsMcpTools }));
  server.setRequestHandler(CallToolRequestSchema, ({ params: { name, arguments: given = {}, _meta } }) => {
    const region = typeof _meta?.AWS_REGION === 'string' ? _meta.AWS_REGION : undefined;
    note({ tool: name, caller: identity?.arn, region });
    if (name === 'aws___call_aws') throw new McpError(-32600, 'The call_aws tool has been removed, use another one.');
    if (!awsMcpTools.some((tool) => tool.name === name)) throw new McpError(-32602, `Unknown tool: ${name}`);
    if (!/run_script|presigned|tasks/.test(name)) return result({ tool: name, given }, false);
    if (!identity) return result('Authentication failed: Unable to verify your user identity', true);
    if (name !== 'aws___run_script') return result({}, false);
    // Without the metadata every call goes to us-east-1 (awslabs/mcp, MIGRATION.md).
    const done = runScript(String(given.code), { identity, region: region ?? 'us-east-1', account: place.accountId, answers });
    return result(done, done.status === 'error');
  });
  return server;
}

function result(value: unknown, isError: boolean) {
  return { isError, content: [{ type: 'text' as const, text: typeof value === 'string' ? value : JSON.stringify(value) }] };
}
