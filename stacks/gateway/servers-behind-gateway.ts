import { gatewayKeysOf, type ServerData, serversOf } from '@vera/worker/env';
import type { Settings } from '../settings/settings.ts';
import { apiKeyNameOf, apiTargetsOf } from './api-targets.ts';

/** MCP servers of the settings that are reached through the gateway. */
export function serversBehindGateway({ mcpServers }: Pick<Settings, 'mcpServers'>): readonly ServerData[] {
  return serversOf(mcpServers).filter(({ via }) => via === 'gateway');
}

/** What whoever deploys puts into the shell for a target that is new, or whose `keyVersion` was raised. */
export function gatewayVariablesOf(settings: Settings): readonly string[] {
  const apis = settings.gateway ? apiTargetsOf(settings.gateway).map(({ name }) => apiKeyNameOf(name)) : [];
  const servers = serversBehindGateway(settings).flatMap(gatewayKeysOf);
  return [...new Set([...apis, ...servers])].map((name) => `TF_VAR_${name}`);
}
