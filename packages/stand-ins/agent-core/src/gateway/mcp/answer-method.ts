import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import type { Message } from '../inbound/read-message.ts';
import { GatewayRefusal, RpcError } from '../refusals.ts';
import { callTool, type ToolResult } from '../tools/call-tool.ts';
import { nearestTools, searchTool } from '../tools/search-tool.ts';
import type { ToolShelf } from '../tools/tool-shelf.ts';
import { isStateless, negotiatedVersion } from './versions.ts';

export interface MethodParts {
  readonly tools: ToolShelf;
  readonly supportedVersions: readonly string[];
  readonly semanticSearch: boolean;
  readonly pageSize: number;
  readonly timeoutMilliseconds: number;
  /** Whether one more search is allowed in this minute. */
  readonly maySearch: () => boolean;
}

const serverInfo = { name: 'northwind-gateway', version: '1.0.0' };
const capabilities = { tools: { listChanged: false } };

/** The result of one request. Throws an `RpcError` for what is unknown or wrong. */
export async function answerMethod({ method, params }: Message, version: string, parts: MethodParts): Promise<object> {
  switch (isStateless(version) && method === 'initialize' ? '' : method) {
    case 'initialize':
      return { protocolVersion: negotiatedVersion(params.protocolVersion, parts.supportedVersions), capabilities, serverInfo };
    case 'server/discover':
      return { supportedVersions: parts.supportedVersions, capabilities, serverInfo };
    case 'ping':
      return {};
    case 'tools/list': {
      const all = [...(parts.semanticSearch ? [searchTool] : []), ...(await parts.tools.all()).map(({ definition }) => definition)];
      const { page, ...next } = pageOf(all, params.cursor, parts.pageSize);
      return { tools: page, ...next };
    }
    case 'tools/call':
      return answerCall(params, parts);
    default:
      throw new RpcError(-32601, `Method not found: ${method}`);
  }
}

async function answerCall({ name, arguments: given }: JsonObject, parts: MethodParts): Promise<ToolResult | JsonObject> {
  if (typeof name !== 'string' || (given !== undefined && !isJsonObject(given))) throw new RpcError(-32602, 'Invalid params');
  const args = given ?? {};
  if (parts.semanticSearch && name === searchTool.name) return search(args, parts);
  const tool = (await parts.tools.all()).find(({ definition }) => definition.name === name);
  if (!tool) throw new RpcError(-32602, `Unknown tool: ${name}`);
  return callTool(tool, args, parts.timeoutMilliseconds);
}

function search({ query }: JsonObject, parts: MethodParts): ToolResult {
  if (!parts.maySearch()) throw new GatewayRefusal(429, -32000, 'Rate exceeded', { headers: { 'retry-after': '60' } });
  if (typeof query !== 'string') throw new RpcError(-32602, 'Invalid params: query is required');
  const tools = nearestTools(
    query,
    parts.tools.indexed.map(({ definition }) => definition),
  );
  return { isError: false, content: [{ type: 'text', text: JSON.stringify({ tools }) }], structuredContent: { tools } };
}

/** One page of a list and the cursor of the next. The cursor says where to go on and how long the list was. */
function pageOf<Item>(items: readonly Item[], cursor: unknown, size: number): { page: Item[]; nextCursor?: string } {
  const start = cursor === undefined ? 0 : startOf(cursor, items.length);
  const end = start + size;
  return { page: items.slice(start, end), ...(end < items.length ? { nextCursor: cursorOf(end, items.length) } : {}) };
}

function cursorOf(start: number, length: number): string {
  return Buffer.from(JSON.stringify({ start, length })).toString('base64url');
}

function startOf(cursor: unknown, length: number): number {
  for (let start = 1; start < length; start += 1) if (cursor === cursorOf(start, length)) return start;
  throw new RpcError(-32602, 'Invalid cursor');
}
