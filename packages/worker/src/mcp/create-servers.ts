import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Log } from '@vera/service-kit/log';
import type * as z from 'zod/mini';
import type { workerEnv } from '../env.ts';
import { asReader } from './as-reader.ts';
import { configuredServers } from './configured-servers.ts';
import { gatewayAuthorization } from './gateway-authorization.ts';
import { gatewayServer } from './gateway-server.ts';
import { createToolServers, type ToolServers } from './tool-servers.ts';

interface ServerKeys {
  readonly client: SecretsManagerClient;
  readonly keys: Readonly<Record<string, string | undefined>>;
  readonly region: string;
}

/** Those of the settings, and the gateway before them. */
export function createServers(env: z.output<typeof workerEnv>, { client, keys, region }: ServerKeys, log: Log): ToolServers {
  const { AWS_READER_ROLE: roleArn } = env;
  const reader = roleArn ? (url: URL) => asReader({ roleArn, url, signing: client.config, now: Date.now }) : undefined;
  const { servers, unusable } = configuredServers(env.MCP_SERVERS, { secrets: keys, region, asReader: reader, path: env.PATH, log });
  const inFront = env.GATEWAY_URL
    ? [gatewayServer(env.GATEWAY_URL, gatewayAuthorization(client, env.GATEWAY_CLIENT_SECRET_ID, Date.now), env.MCP_SERVERS)]
    : [];
  return createToolServers({ servers: [...inFront, ...servers], unusable, log, now: Date.now });
}
