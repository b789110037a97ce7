import { type McpTool, toolsOfUpstream } from '../upstream/mcp-upstream.ts';
import { type GatewayTarget, isMcpTarget } from './gateway-target.ts';
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
  let kept: readonly GatewayTool[] = [];
  let asked = targets.filter(isMcpTarget).filter(isDynamic);
  const use = async (given: readonly GatewayTarget[]) => {
    asked = given.filter(isMcpTarget).filter(isDynamic);
    kept = given.flatMap((target) => (isMcpTarget(target) ? [] : toolsOf(target)));
    const servers = given.filter(isMcpTarget).filter((target) => !isDynamic(target));
    const listed = await Promise.all(servers.map(toolsOfUpstream));
    kept = [...kept, ...listed.flat()];
  };
  await use(targets);
  const first = { kept, asked };
  return {
    all: async () => [...kept, ...(await Promise.all(asked.map(toolsOfUpstream))).flat()],
    get indexed() {
      return kept;
    },
    use,
    reset: () => {
      ({ kept, asked } = first);
    },
  };
}

function isDynamic({ listingMode }: { readonly listingMode?: 'DEFAULT' | 'DYNAMIC' }): boolean {
  return listingMode === 'DYNAMIC';
}
