import type { JsonObject } from '@vera/stand-in-kit/json-object';
import type { GatewayTarget } from './gateway-target.ts';

/** What `tools/list` shows of a tool. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: {
    readonly type: 'object';
    readonly properties: JsonObject;
    readonly required?: readonly string[];
  };
}

/** An operation of a target as a tool, with what it takes to call it. */
export interface GatewayTool {
  readonly definition: ToolDefinition;
  readonly target: GatewayTarget;
  readonly method: string;
  /** With `{name}` where an argument goes. */
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: 'path' | 'query' | 'header' }[];
  /** Arguments that go into the JSON body; none means no body. */
  readonly bodyFields: readonly string[] | undefined;
}
