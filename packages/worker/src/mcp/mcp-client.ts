import type { Log } from '@vera/service-kit/log';
import type { McpFailure } from './mcp-failure.ts';
import type { McpServer } from './mcp-server.ts';

export interface CallLimits {
  readonly milliseconds: number;
  readonly signal: AbortSignal;
}

export interface ToolPage {
  readonly tools: readonly unknown[];
  readonly nextCursor?: string | undefined;
}

export interface CallResult {
  readonly content?: readonly unknown[] | undefined;
  readonly structuredContent?: unknown;
  readonly isError?: boolean | undefined;
}

/** An open connection to one server. Everything rejects with `McpFailure`. */
export interface McpClient {
  listTools(cursor: string | undefined, limits: CallLimits): Promise<ToolPage>;
  callTool(name: string, input: Readonly<Record<string, unknown>>, limits: CallLimits): Promise<CallResult>;
  close(): Promise<void>;
}

export interface McpHooks {
  readonly onToolsChanged: () => void;
  /** The connection is of no more use; not called after `close`. */
  readonly onClosed: (failure: McpFailure) => void;
  readonly log: Log;
}

export type OpenMcpClient = (server: McpServer, hooks: McpHooks) => Promise<McpClient>;
