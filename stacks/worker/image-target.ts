import { type ServerEntry, serversOf } from '@vera/worker/env';

/** Stages of docker/worker.Dockerfile, the smaller one first, with the programs that a server of tools can be started with. */
const programs = {
  worker: ['node', 'npx', '/usr/local/bin/node', '/usr/local/bin/npx'],
  'with-local-servers': ['azmcp', '/opt/azure-mcp/dist/azmcp'],
} as const;

export type ImageTarget = keyof typeof programs;

/** The stage that has what the servers of the settings are started with. */
export function imageTargetOf(mcpServers: readonly ServerEntry[]): ImageTarget {
  const local: readonly string[] = programs['with-local-servers'];
  return serversOf(mcpServers).some(({ command = '' }) => local.includes(command)) ? 'with-local-servers' : 'worker';
}

export function isInNoImage(command: string): boolean {
  return !Object.values<readonly string[]>(programs).some((names) => names.includes(command));
}
