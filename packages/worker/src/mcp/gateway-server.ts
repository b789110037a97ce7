import { jqlProblem } from '../atlassian/jira/jql-problem.ts';
import { listed } from '../listed.ts';
import { apiTargets } from './behind-gateway.ts';
import { isDeniedBy, titleOf } from './configured-servers.ts';
import { knownReads } from './known-reads.ts';
import { type Authorization, type McpServer, usualLimits } from './mcp-server.ts';
import type { ServerData } from './server-data.ts';

/**
 * The AgentCore gateway; its tools are named `<target>___<tool>`. What the settings say of a server that stands behind it holds here as it
 * would for a direct connection.
 */
export function gatewayServer(url: string, authorization: Authorization, servers: readonly ServerData[]): McpServer {
  const behind = new Map(servers.filter(({ via }) => via === 'gateway').map((data) => [data.name, data]));
  const titles = [...Object.values(apiTargets), ...[...behind.values()].map(titleOf)];
  return {
    name: 'gateway',
    title: `The gateway to ${listed(titles)}`,
    transport: { kind: 'http', url: new URL(url), authorization, isPrivateAllowed: true },
    reads: new Set([...knownReads.gateway, ...[...behind.values()].flatMap(readsOf)]),
    // Nobody says what becomes of a server's annotations on the way through it.
    trustsAnnotations: false,
    isDenied(tool) {
      const { target, own } = partsOf(tool);
      // The gateway's own search over its tools, 25 calls a minute: the model has them all before it.
      return target.startsWith('x_amz_bedrock_agentcore_search') || isDeniedBy(behind.get(target)?.denies ?? [], own);
    },
    systemOf(tool) {
      const { target } = partsOf(tool);
      const data = behind.get(target);
      return data ? titleOf(data) : apiTargets[target];
    },
    problemIn: ({ jql }) => (typeof jql === 'string' ? jqlProblem(jql) : undefined),
    limits: { ...usualLimits, callMilliseconds: longestCallOf([...behind.values()]) },
  };
}

function readsOf({ name, reads }: ServerData): string[] {
  return reads === 'annotated' ? [] : reads.map((tool) => `${name}___${tool}`);
}

/** `jira___searchIssues` → `jira`, `searchIssues`; a server's own name may hold the separator as well. */
function partsOf(tool: string): { readonly target: string; readonly own: string } {
  const [target = '', ...own] = tool.split('___');
  return { target, own: own.join('___') };
}

/** One connection for all: who needs most time gets it. */
function longestCallOf(servers: readonly ServerData[]): number {
  const asked = servers.map(({ timeouts }) => (timeouts?.callSeconds ?? 0) * 1000);
  return Math.max(usualLimits.callMilliseconds, ...asked);
}
