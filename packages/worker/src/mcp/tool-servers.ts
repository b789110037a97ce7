import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@vera/service-kit/log';
import type { PersonTool } from '../tools/person-tool.ts';
import type { Tool } from '../tools/tool.ts';
import { usableSchema } from './input-schema.ts';
import { createKeptOutputs, type KeptOutputs } from './kept-outputs.ts';
import type { ListedTool } from './list-tools.ts';
import type { OpenMcpClient } from './mcp-client.ts';
import { McpFailure, toMcpFailure } from './mcp-failure.ts';
import { mcpFailureWords } from './mcp-failure-words.ts';
import type { McpServer } from './mcp-server.ts';
import { ServerConnection } from './server-connection.ts';
import { toTool } from './to-tool.ts';
import { isOffered, kindOf } from './tool-policy.ts';

export interface ToolOffer {
  /** In an order that stays, so that the prompt cache holds. */
  readonly tools: readonly Tool[];
  /** What may change something, and so runs as the person who asked, after they said yes. */
  readonly personTools: readonly PersonTool[];
  /** What could not be used so far, such as `PagerDuty could not be reached`; grows while the tools are used. */
  readonly troubles: () => readonly string[];
}

export interface ToolServers {
  /** The tools for one question. Never rejects, and does not wait for a server longer than its patience. */
  offer(): Promise<ToolOffer>;
  close(): Promise<void>;
}

export interface ToolServersParams {
  readonly servers: readonly McpServer[];
  /** Switched on but not usable, such as for want of a key: sentences that stand under each answer. */
  readonly unusable: readonly string[];
  readonly open: OpenMcpClient;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The servers of this process: opened all at once with the first question and kept open. A server in trouble costs its own tools. */
export function createToolServers({ servers, unusable, ...rest }: ToolServersParams): ToolServers {
  const connections = servers.map((server) => ({ server, connection: new ServerConnection({ server, ...rest }) }));
  return {
    async offer() {
      const troubles = new Set(unusable);
      const kept = createKeptOutputs();
      const offers = connections.map((connected) => offerOf(connected, { kept, troubles, log: rest.log }));
      const tools = (await Promise.all(offers)).flat().sort((a, b) => (a.name < b.name ? -1 : 1));
      return { tools: tools.length > 0 ? [...tools, kept.readMore] : [], personTools: [], troubles: () => [...troubles] };
    },
    async close() {
      await Promise.all(connections.map(({ connection }) => connection.close()));
    },
  };
}

interface Connected {
  readonly server: McpServer;
  readonly connection: ServerConnection;
}

interface OfferParams {
  readonly kept: KeptOutputs;
  readonly troubles: Set<string>;
  readonly log: Log;
}

async function offerOf({ server, connection }: Connected, { kept, troubles, log }: OfferParams): Promise<Tool[]> {
  const onTrouble = ({ code }: McpFailure) => void troubles.add(mcpFailureWords(server.title, code));
  try {
    const listed = await within(connection.tools(), server.limits.patienceMilliseconds);
    const reads = listed.filter((tool) => isOffered(kindOf(server, tool))).sort((a, b) => (a.name < b.name ? -1 : 1));
    const usable = reads.flatMap((tool) => usableTool(tool, { server, connection, kept, isRead: true, onTrouble }, log) ?? []);
    const offered = usable.slice(0, server.limits.mostTools);
    log.info('mcp.offered', { server: server.name, listed: listed.length, reads: reads.length, offered: offered.length });
    return offered;
  } catch (error) {
    const failure = toMcpFailure(error);
    log.warn('mcp.unavailable', { server: server.name, code: failure.code, error: failure });
    onTrouble(failure);
    return [];
  }
}

function usableTool(tool: ListedTool, params: Parameters<typeof toTool>[2], log: Log): Tool | undefined {
  const schema = usableSchema(tool.inputSchema);
  if (!schema) log.warn('mcp.tool-left-out', { server: params.server.name, tool: tool.name, reason: 'input schema' });
  return schema && toTool(tool, schema, params);
}

async function within<Result>(work: Promise<Result>, milliseconds: number): Promise<Result> {
  const timer = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: timer.signal }).then(() => {
    throw new McpFailure('timed-out', 'the tools were not there in time');
  });
  late.catch(() => undefined);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}
