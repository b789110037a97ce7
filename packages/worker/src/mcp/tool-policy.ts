import type { ListedTool } from './listed-tool.ts';
import type { McpServer } from './mcp-server.ts';

export type ToolKind = 'read' | 'write' | 'denied';

/**
 * A read only if the server's list says so, or the tool's own annotation where that is trusted, and nothing speaks against it. A tool that
 * nobody classified, as after a server was upgraded, is a write.
 */
export function kindOf(server: McpServer, { name, annotations = {} }: ListedTool): ToolKind {
  if (server.isDenied(name)) return 'denied';
  if (annotations.readOnlyHint === false || annotations.destructiveHint === true) return 'write';
  return (server.trustsAnnotations && annotations.readOnlyHint === true) || server.reads.has(name) ? 'read' : 'write';
}

/** The one place that decides how the model is offered a tool: as it is, as the person who asked and after their yes, or not at all. */
export function offerAs({ actsAs }: Pick<McpServer, 'actsAs'>, kind: ToolKind): 'tool' | 'person-write' | undefined {
  if (kind === 'read') return 'tool';
  return kind === 'write' && actsAs !== undefined ? 'person-write' : undefined;
}
