import type { ListedTool } from './list-tools.ts';
import type { McpServer } from './mcp-server.ts';

export type ToolKind = 'read' | 'write' | 'denied';

/**
 * A read only if the server's rule or the tool's own annotation says so, and nothing speaks against it. A tool that nobody classified,
 * as after a server was upgraded, is a write.
 */
export function kindOf(server: McpServer, { name, annotations = {} }: ListedTool): ToolKind {
  if (server.isDenied(name)) return 'denied';
  if (annotations.readOnlyHint === false || annotations.destructiveHint === true) return 'write';
  return annotations.readOnlyHint === true || server.isRead(name) ? 'read' : 'write';
}

/** The one place that decides what the model may be offered: nothing that changes anything, as long as nobody is asked before a write. */
export function isOffered(kind: ToolKind): boolean {
  return kind === 'read';
}
