import type { OpenMcpClient } from './mcp-client.ts';

/** The MCP library is loaded with the first server that is opened: a cold start, and a worker without servers, do without it. */
export const openLazily: OpenMcpClient = async (server, hooks) => {
  const { openSdkClient } = await import('./sdk-client.ts');
  return openSdkClient(server, hooks);
};
