import { createLog } from '@vera/service-kit/log';
import {
  type Authorization,
  bearer,
  type HttpTransport,
  type McpLimits,
  type McpServer,
  type StdioTransport,
  usualLimits,
} from '../../src/mcp/mcp-server.ts';
import { openSdkClient } from '../../src/mcp/sdk-client.ts';
import { createToolServers } from '../../src/mcp/tool-servers.ts';
import type { ToolOutput } from '../../src/tools/tool.ts';

/** Short enough that a test of a server that stands still is soon over. */
const briefly: McpLimits = {
  ...usualLimits,
  patienceMilliseconds: 1_500,
  openMilliseconds: 1_500,
  callMilliseconds: 1_000,
  largestMessage: 200_000,
};

export interface ServerOptions extends Partial<Omit<McpServer, 'limits' | 'transport'>> {
  readonly transport: HttpTransport | StdioTransport;
  readonly limits?: Partial<McpLimits>;
}

/** For tests of anything but what counts as a read. */
const everything = new (class extends Set<string> {
  override has(): boolean {
    return true;
  }
})();

export function serverOf({ limits, ...rest }: ServerOptions): McpServer {
  return {
    name: 'ops',
    title: 'Ops',
    reads: everything,
    trustsAnnotations: true,
    isDenied: () => false,
    ...rest,
    limits: { ...briefly, ...limits },
  };
}

export const httpAt = (url: URL, authorization: Authorization = bearer('key-1')): HttpTransport => ({
  kind: 'http',
  url,
  authorization,
  isPrivateAllowed: true,
});

/** The servers as the worker makes them, with the real library, and a clock that can be moved. */
export function startToolServers(servers: readonly ServerOptions[]) {
  const lines: Record<string, unknown>[] = [];
  let ahead = 0;
  const opened = createToolServers({
    servers: servers.map(serverOf),
    unusable: [],
    open: openSdkClient,
    log: createLog({ service: 'worker', write: (line) => lines.push(JSON.parse(line)) }),
    now: () => Date.now() + ahead,
  });
  return {
    ...opened,
    lines,
    pass: (milliseconds: number) => {
      ahead += milliseconds;
    },
    /** What one question is offered, by name, and what it could not use. */
    async names() {
      const { tools, ownTools, troubles } = await opened.offer();
      return [[...tools, ...ownTools].map(({ name }) => name), troubles()] as const;
    },
    /** Calls a tool as the model would. */
    async call(
      name: string,
      input: unknown = {},
      signal = new AbortController().signal,
    ): Promise<ToolOutput & { troubles: readonly string[] }> {
      const { tools, ownTools, troubles } = await opened.offer();
      const tool = [...tools, ...ownTools].find((offered) => offered.name === name);
      if (!tool) throw new Error(`${name} is not offered: ${troubles().join()}`);
      return { ...(await tool.run(input, signal)), troubles: troubles() };
    },
    [Symbol.asyncDispose]: () => opened.close(),
  };
}
