import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Log } from '@vera/service-kit/log';
import * as z from 'zod/mini';
import { workerEnv } from '../env.ts';
import { type DescribedServer, describeServers } from '../mcp/describe-servers.ts';
import { gatewayAuthorization } from '../mcp/gateway-authorization.ts';
import { gatewayServer } from '../mcp/gateway-server.ts';
import { describeOwnTools, type OwnTools } from './own-tools.ts';

/** Those of the worker's variables that say which tools there are. */
export const toolsEnv = z.pick(workerEnv, {
  KNOWLEDGE_BASES: true,
  READS_SLACK: true,
  MEMORY_ID: true,
  HELPER_MODELS: true,
  PORTAL_URL: true,
  CHANGE_APPROVERS: true,
  GATEWAY_URL: true,
  GATEWAY_CLIENT_SECRET_ID: true,
  MCP_SERVERS: true,
});

export interface DescribeParts {
  /** The worker's secret; undefined where it cannot be seen. */
  readonly secrets: Readonly<Record<string, unknown>> | undefined;
  /** Keys of servers that somebody has besides. */
  readonly keys?: Readonly<Record<string, unknown>>;
  /** Of whoever looks: with it the gateway is opened. */
  readonly client: SecretsManagerClient;
  readonly region: string;
  /** Where programs are looked for, after the usual places. */
  readonly path: string;
  readonly log: Log;
}

export interface DescribedTools extends OwnTools {
  readonly servers: readonly DescribedServer[];
  /** Whether all of it fits into the model's list at once. */
  readonly fits: boolean;
}

/** Every tool that a worker with these variables has: its own, and those of the servers, each opened as the worker would. Nothing is called. */
export async function describeTools(env: z.output<typeof toolsEnv>, parts: DescribeParts): Promise<DescribedTools> {
  const { GATEWAY_URL: url, GATEWAY_CLIENT_SECRET_ID: clientSecretId, MCP_SERVERS: data } = env;
  const { client, secrets, keys, log, ...rest } = parts;
  const inFront = url ? [gatewayServer(url, gatewayAuthorization(client, clientSecretId, Date.now), data)] : [];
  const { servers, fits } = await describeServers(data, { ...rest, log, secrets: { ...keys, ...secrets } }, inFront);
  const hasOthers = servers.some(({ tools }) => tools.some(({ offered }) => offered === 'as it is'));
  return { ...describeOwnTools(env, { secrets, hasOthers, log }), servers, fits };
}
