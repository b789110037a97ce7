import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import { type McpTarget, sentKeyOf } from './gateway-target.ts';
import type { ToolDefinition } from './tools-of.ts';

/** A tool of an MCP server behind the gateway. */
export interface McpTool {
  readonly definition: ToolDefinition;
  readonly upstream: McpTarget;
  /** What its server calls it. */
  readonly ownName: string;
}

/** Asks the server of a target what it offers. Rejects where a target would be FAILED. */
export async function toolsOfUpstream(target: McpTarget): Promise<McpTool[]> {
  return connected(target, async (client) => {
    const tools: McpTool[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.listTools(cursor === undefined ? {} : { cursor });
      tools.push(...page.tools.map((tool) => published(target, tool)));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return tools;
  });
}

/** Carries a call out there, and gives the result as the server gave it. */
export async function callUpstream({ upstream, ownName }: McpTool, args: JsonObject, milliseconds: number): Promise<JsonObject> {
  return connected(upstream, (client) => client.callTool({ name: ownName, arguments: args }, undefined, { timeout: milliseconds }));
}

async function connected<Result>(target: McpTarget, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ name: 'AmazonBedrockAgentCoreGateway', version: '1.0.0' });
  const headers = await outboundHeaders(target);
  // Its type of `sessionId` lacks the `undefined` that it holds.
  await client.connect(new StreamableHTTPClientTransport(new URL(target.endpoint), { requestInit: { headers } }) as Transport);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/** What shows the server of a target that it is the gateway who calls. */
async function outboundHeaders({ apiKey, oauth }: McpTarget): Promise<Record<string, string>> {
  if (apiKey) return { [apiKey.name.toLowerCase()]: sentKeyOf(apiKey) };
  if (!oauth) return {};
  const { tokenUrl, clientId, clientSecret, scopes } = oauth;
  const response = await fetch(tokenUrl, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: scopes.join(' ') }).toString(),
  });
  if (!response.ok) throw new Error(`The token endpoint answers ${response.status}`);
  const { access_token: token } = (await response.json()) as { access_token: string };
  return { authorization: `Bearer ${token}` };
}

function published(
  target: McpTarget,
  { name, description, inputSchema, annotations }: Awaited<ReturnType<Client['listTools']>>['tools'][number],
): McpTool {
  return {
    definition: {
      name: `${target.name}___${name}`,
      description: description ?? '',
      inputSchema: plainSchema(inputSchema) as ToolDefinition['inputSchema'],
      ...(target.passesAnnotations && annotations ? { annotations } : {}),
    },
    upstream: target,
    ownName: name,
  };
}

const kept = ['type', 'description', 'items', 'properties', 'required'];

/** A deployed gateway was seen to pass on types, descriptions and what is required, and no other constraint. */
function plainSchema(schema: unknown): unknown {
  if (!isJsonObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) => {
      if (!kept.includes(key)) return [];
      if (key === 'items') return [[key, plainSchema(value)]];
      if (key !== 'properties' || !isJsonObject(value)) return [[key, value]];
      return [[key, Object.fromEntries(Object.entries(value).map(([name, property]) => [name, plainSchema(property)]))]];
    }),
  );
}
