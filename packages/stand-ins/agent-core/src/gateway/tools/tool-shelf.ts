import { type GatewayTarget, isMcpTarget, type McpTarget } from './gateway-target.ts';
import { type McpTool, toolsOfUpstream } from './mcp-upstream.ts';
import { type ApiTool, toolsOf } from './tools-of.ts';

export type GatewayTool = ApiTool | McpTool;

/** What a gateway offers. */
export interface ToolShelf {
  /** Also those of servers that are asked each time. */
  all(): Promise<readonly GatewayTool[]>;
  /** Those that can be searched for: DYNAMIC ones cannot (developer guide, "MCP servers targets"). */
  readonly indexed: readonly GatewayTool[];
  /** Asks the servers behind DEFAULT targets anew, as SynchronizeGatewayTargets does. */
  use(targets: readonly GatewayTarget[]): Promise<void>;
  /** What was there first. */
  reset(): void;
}

/** Rejects for an MCP server that cannot be listed: its target would be FAILED. */
export async function createToolShelf(targets: readonly GatewayTarget[]): Promise<ToolShelf> {
  let offer: Offer = { kept: [], asked: [] };
  const use = async (given: readonly GatewayTarget[]) => {
    const servers = given.filter(isMcpTarget);
    const apis = given.flatMap((target) => (isMcpTarget(target) ? [] : toolsOf(target)));
    const listed = await Promise.all(servers.filter((server) => !isDynamic(server)).map(toolsOfUpstream));
    offer = { kept: [...apis, ...listed.flat()], asked: servers.filter(isDynamic) };
  };
  await use(targets);
  const first = offer;
  return {
    all: async () => {
      const { kept, asked } = offer;
      return [...kept, ...(await Promise.all(asked.map(toolsOfUpstream))).flat()];
    },
    get indexed() {
      return offer.kept;
    },
    use,
    reset: () => {
      offer = first;
    },
  };
}

interface Offer {
  readonly kept: readonly GatewayTool[];
  /** Asked each time what they offer. */
  readonly asked: readonly McpTarget[];
}

function isDynamic({ listingMode }: McpTarget): boolean {
  return listingMode === 'DYNAMIC';
}
