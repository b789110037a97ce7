import { type ServerData, serversOf } from '@vera/worker/env';
import type { DeployedSettings } from '../deployment.ts';

/** Those that anybody with the company's key can open: AWS's own only the worker's role can, and those behind the gateway are the gateway's. */
export function openedByKey(settings: Pick<DeployedSettings, 'mcpServers'> | undefined): readonly ServerData[] {
  return serversOf(settings?.mcpServers ?? []).filter(({ name, via }) => name !== 'aws' && via !== 'gateway');
}
