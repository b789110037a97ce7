import type { ProviderId } from '@vera/accounts/account';
import { shorten, textLimits } from '@vera/protocol/shorten';
import { withoutSecrets } from '@vera/service-kit/secret-texts';
import { isFitting } from '../tools/fit-tools.ts';
import { configuredServers, missingFor, readerRole, type ServerParts, titleOf } from './configured-servers.ts';
import { usableSchema } from './input-schema.ts';
import { type ListedTool, toolAlias } from './listed-tool.ts';
import { mcpFailureWords, toMcpFailure } from './mcp-failure.ts';
import type { McpServer } from './mcp-server.ts';
import { openSdkClient } from './sdk-client.ts';
import { ServerConnection } from './server-connection.ts';
import type { ServerData } from './server-data.ts';
import { judgementOf, offerAs, type ToolKind } from './tool-policy.ts';

export interface DescribedTool {
  readonly name: string;
  /** Under which the model knows it. */
  readonly alias: string;
  readonly kind: ToolKind;
  readonly because: string;
  /** Whether the model gets it, and as what. */
  readonly offered: 'as it is' | 'as the person, after their yes' | 'not';
  /** Bedrock would refuse its input, and no mending helps. */
  readonly isLeftOut: boolean;
}

export interface DescribedServer {
  readonly name: string;
  readonly title: string;
  readonly tools: readonly DescribedTool[];
  /** Whose account its writes are done with; without one they are not offered. */
  readonly actsAs?: ProviderId;
  /** Why it could not be used. */
  readonly failure?: string;
  /** Why nothing is known of its tools, though nothing is wrong. */
  readonly note?: string;
}

export interface Description {
  readonly servers: readonly DescribedServer[];
  /** Whether all that is offered fits into the model's list at once, with room for Vera's own. */
  readonly fits: boolean;
}

/** Vera's own tools, for which there has to be room: so many with some room to grow. */
const ownTools = Array.from({ length: 24 }, () => ({ name: '', description: 'x'.repeat(800), inputSchema: {} }));

/** Opens each server, as the worker would, and tells what it offers and what becomes of it. `inFront`: others, which come first. */
export async function describeServers(
  data: readonly ServerData[],
  parts: ServerParts,
  inFront: readonly McpServer[] = [],
): Promise<Description> {
  const servers = [...inFront, ...configuredServers(data, parts).servers];
  const described = await Promise.all(servers.map((server) => describe(server, parts)));
  const others = data.filter(({ name }) => servers.every((server) => server.name !== name));
  const without = others.map((other) => {
    const common = { name: other.name, title: titleOf(other), tools: [] };
    if (other.via === 'gateway') return { ...common, note: 'it stands behind the gateway' };
    const missing = missingFor(other, parts);
    if (missing.join() === readerRole) return { ...common, note: readersOnly };
    return { ...common, failure: `it is not opened: ${missing.join(' and ')} missing` };
  });
  const definitions = described.flatMap(({ offered }) => offered);
  return { servers: [...described.map(({ server }) => server), ...without], fits: isFitting([...ownTools, ...definitions]) };
}

/** No key of a person's opens it. */
const readersOnly = 'the worker alone opens it, with a role that may only read';

async function describe(server: McpServer, { log }: ServerParts) {
  const note = 'it is used as the person who asks, and lists what that person may do';
  if (server.isPersonal) return { server: { name: server.name, title: server.title, tools: [], note }, offered: [] };
  const connection = new ServerConnection({ server, open: openSdkClient, log, now: Date.now });
  try {
    const listed = await connection.tools();
    const tools = listed.map((tool) => describeTool(tool, server));
    const definitions = listed.filter((_, index) => tools[index]?.offered !== 'not');
    const offered = definitions.map((tool) => ({
      name: toolAlias(server.name, tool.name),
      description: tool.description ?? '',
      inputSchema: usableSchema(tool.inputSchema)?.schema ?? {},
    }));
    const { name, title, actsAs } = server;
    return { server: { name, title, tools, ...(actsAs ? { actsAs } : {}) }, offered };
  } catch (error) {
    const failure = toMcpFailure(error);
    const why = [failure.message, failure.cause instanceof Error ? failure.cause.message : ''].filter((part) => part !== '').join(': ');
    const words = `${mcpFailureWords(server.title, failure.code)} (${shorten(withoutSecrets(why).replace(/\s*\n\s*/g, ' | '), textLimits.toolError)})`;
    return { server: { name: server.name, title: server.title, tools: [], failure: words }, offered: [] };
  } finally {
    await connection.close();
  }
}

function describeTool(tool: ListedTool, server: McpServer): DescribedTool {
  const { kind, because } = judgementOf(server, tool);
  const as = offerAs(server, kind);
  const isLeftOut = as !== undefined && usableSchema(tool.inputSchema) === undefined;
  const offered = as === 'tool' ? 'as it is' : 'as the person, after their yes';
  return {
    name: tool.name,
    alias: toolAlias(server.name, tool.name),
    kind,
    because,
    offered: as && !isLeftOut ? offered : 'not',
    isLeftOut,
  };
}
