import type { PersonWrite } from '../tools/person-tool.ts';
import type { ListedTool } from './listed-tool.ts';
import type { McpServer } from './mcp-server.ts';

export type ToolKind = 'read' | 'write' | 'denied';

export interface Judgement {
  readonly kind: ToolKind;
  /** In words for whoever set the server up. */
  readonly because: string;
}

export function kindOf(server: McpServer, tool: ListedTool): ToolKind {
  return judgementOf(server, tool).kind;
}

/**
 * A read only if the server's list says so, or the tool's own annotation where that is trusted, and nothing speaks against it. A tool that
 * nobody classified, as after a server was upgraded, is a write.
 */
export function judgementOf({ isDenied, reads, trustsAnnotations }: McpServer, { name, annotations = {} }: ListedTool): Judgement {
  if (isDenied(name)) return { kind: 'denied', because: 'on the list of denies' };
  if (annotations.readOnlyHint === false || annotations.destructiveHint === true)
    return { kind: 'write', because: 'the server says that it changes something' };
  if (reads.has(name)) return { kind: 'read', because: 'on the list of reads' };
  if (annotations.readOnlyHint !== true) return { kind: 'write', because: 'nobody says that it only reads' };
  if (trustsAnnotations) return { kind: 'read', because: 'the server says that it only reads' };
  return { kind: 'write', because: 'the server says that it only reads, and the list of reads does not' };
}

/** What may be done about a write of which nobody learnt how it ended: most servers can be asked nothing about it. */
export function recoveryOf({ repeatable, trustsAnnotations }: McpServer, { name, annotations = {} }: ListedTool): PersonWrite['recovery'] {
  const isSaid = trustsAnnotations && annotations.idempotentHint === true;
  return { kind: repeatable?.has(name) || isSaid ? 'repeatable' : 'unknown' };
}

/** The one place that decides how the model is offered a tool: as it is, as the person who asked and after their yes, or not at all. */
export function offerAs({ actsAs }: Pick<McpServer, 'actsAs'>, kind: ToolKind): 'tool' | 'person-write' | undefined {
  if (kind === 'read') return 'tool';
  return kind === 'write' && actsAs !== undefined ? 'person-write' : undefined;
}
