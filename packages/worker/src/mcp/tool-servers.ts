import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@vera/service-kit/log';
import type { PersonTool } from '../tools/person-tool.ts';
import type { Tool } from '../tools/tool.ts';
import type { UsableSchema } from './input-schema.ts';
import type { ListedTool } from './listed-tool.ts';
import type { OpenMcpClient } from './mcp-client.ts';
import { McpFailure, toMcpFailure } from './mcp-failure.ts';
import type { McpServer } from './mcp-server.ts';
import { type Asker, type Connected, connectAccount, createPersonConnections } from './person-connections.ts';
import { personWrite } from './person-write.ts';
import { ServerConnection } from './server-connection.ts';
import { type ServerTrouble, ServerTroubles } from './server-troubles.ts';
import { toTool } from './to-tool.ts';
import { kindOf, offerAs } from './tool-policy.ts';
import { createKeptOutputs, type KeptOutputs } from './tool-results.ts';

export interface ToolOffer {
  /** In an order that stays, so that the prompt cache holds. */
  readonly tools: readonly Tool[];
  /** What goes with them: reading on in what they gave. */
  readonly ownTools: readonly Tool[];
  /** What may change something, and so runs as the person who asked, after they said yes. */
  readonly personTools: readonly PersonTool[];
  /** What people call the systems whose tools are there, each once. */
  readonly systems: readonly string[];
  /**
   * What could not be used so far, such as `PagerDuty could not be reached`; grows while the tools are used. With what was `said`: only
   * what was wanted.
   */
  readonly troubles: (said?: string) => readonly string[];
}

export interface ToolServers {
  /** The tools for one question; `asker` for servers that are used as the person. Never rejects, and does not wait for a server longer than its patience. */
  offer(asker?: Asker): Promise<ToolOffer>;
  close(): Promise<void>;
}

export interface ToolServersParams {
  readonly servers: readonly McpServer[];
  /** Switched on but not usable, such as for want of a key. */
  readonly unusable: readonly ServerTrouble[];
  /** Another client than the MCP library's. */
  readonly open?: OpenMcpClient;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The servers of this process: opened all at once with the first question and kept open. A server in trouble costs its own tools. */
export function createToolServers({ servers, unusable, open = openLazily, log, now }: ToolServersParams): ToolServers {
  const personal = servers.filter(({ isPersonal }) => isPersonal);
  const common = servers.filter(({ isPersonal }) => !isPersonal);
  const connections = common.map((server) => ({ server, connection: new ServerConnection({ server, open, log, now }) }));
  const people = createPersonConnections({ open, log, now });
  return {
    async offer(asker) {
      const troubles = new ServerTroubles(unusable);
      const params = { kept: createKeptOutputs(), troubles, open, log };
      const offers = await Promise.all([
        ...connections.map((connected) => offerOf(connected.server, async () => connected, params)),
        ...personal.map((server) => offerOf(server, () => people.of(server, asker), params)),
      ]);
      const tools = offers.flatMap((offer) => offer.tools).sort(byName);
      const personTools = offers.flatMap((offer) => offer.personTools).sort(byName);
      return {
        tools,
        ownTools: tools.length > 0 ? [params.kept.readMore] : [],
        personTools,
        systems: [...new Set(offers.flatMap((offer) => offer.systems))].sort(),
        troubles: (said) => (said === undefined ? troubles.all : troubles.wanted(said)),
      };
    },
    async close() {
      await Promise.all([...connections.map(({ connection }) => connection.close()), people.close()]);
    },
  };
}

/** The MCP library is loaded with the first server that is opened: a cold start, and a worker without servers, do without it. */
const openLazily: OpenMcpClient = async (server, hooks) => {
  const { openSdkClient } = await import('./sdk-client.ts');
  return openSdkClient(server, hooks);
};

interface OfferParams {
  readonly open: OpenMcpClient;
  readonly log: Log;
  readonly kept: KeptOutputs;
  readonly troubles: ServerTroubles;
}

type Offered = Pick<ToolOffer, 'tools' | 'personTools' | 'systems'>;

async function offerOf(server: McpServer, connect: () => Promise<Connected | undefined>, params: OfferParams): Promise<Offered> {
  const { log, troubles } = params;
  const { title } = server;
  const onTrouble = ({ code }: McpFailure) => troubles.add({ title, code }, true);
  try {
    const reached = await within(reach(connect), server.limits.patienceMilliseconds);
    if (!reached) return { tools: [], systems: [], personTools: connectAccount(server) };
    const { connected, listed } = reached;
    const usable = (await usableOf(listed, server, log)).sort((one, other) => byName(one.tool, other.tool));
    const offered = offeredOf(usable, connected, { ...params, onTrouble });
    const counts = { reads: offered.tools.length, writes: offered.personTools.length };
    log.info('mcp.offered', { server: server.name, listed: listed.length, ...counts });
    return offered;
  } catch (error) {
    const failure = toMcpFailure(error);
    log.warn('mcp.unavailable', { server: server.name, code: failure.code, error: failure });
    troubles.add({ title, code: failure.code });
    return { tools: [], systems: [], personTools: failure.code === 'account-refused' ? connectAccount(server) : [] };
  }
}

async function reach(connect: () => Promise<Connected | undefined>) {
  const connected = await connect();
  return connected && { connected, listed: await connected.connection.tools() };
}

interface UsableTool {
  readonly as: NonNullable<ReturnType<typeof offerAs>>;
  readonly tool: ListedTool;
  readonly schema: UsableSchema;
}

/** Made once for each list that a server gives. */
const schemas = new WeakMap<ListedTool, UsableSchema | 'none'>();

async function usableOf(listed: readonly ListedTool[], server: McpServer, log: Log): Promise<UsableTool[]> {
  // The validator is loaded with the first list of tools: a cold start, and a worker without servers, do without it.
  const { usableSchema } = await import('./input-schema.ts');
  return listed.flatMap((tool) => {
    const as = offerAs(server, kindOf(server, tool));
    if (!as) return [];
    const schema = schemas.get(tool) ?? usableSchema(tool.inputSchema) ?? 'none';
    schemas.set(tool, schema);
    if (schema !== 'none') return [{ as, tool, schema }];
    log.warn('mcp.tool-left-out', { server: server.name, tool: tool.name, reason: 'input schema' });
    return [];
  });
}

function offeredOf(
  usable: readonly UsableTool[],
  { server, connection }: Connected,
  { kept, open, log, onTrouble }: OfferParams & { readonly onTrouble: (failure: McpFailure) => void },
): Offered {
  const reads = usable.filter(({ as }) => as === 'tool');
  const writes = usable.filter(({ as }) => as === 'person-write');
  const { actsAs: provider } = server;
  return {
    systems: usable.map(({ tool: { name } }) => server.systemOf?.(name) ?? server.title),
    tools: reads.map(({ tool, schema }) => toTool(tool, schema, { server, connection, kept, onTrouble })),
    personTools: provider ? writes.map(({ tool, schema }) => personWrite(tool, schema, { server, provider, open, log })) : [],
  };
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : 1;
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
