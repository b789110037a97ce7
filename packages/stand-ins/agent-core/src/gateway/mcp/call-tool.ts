import type { JsonObject } from '@vera/stand-in-kit/json-object';
import { argumentFaults } from '../tools/argument-faults.ts';
import { callTarget } from '../tools/call-target.ts';
import type { GatewayTool } from '../tools/gateway-tool.ts';

export interface ToolResult {
  readonly isError: boolean;
  readonly content: readonly { readonly type: 'text'; readonly text: string }[];
  readonly structuredContent?: JsonObject;
}

/** What a gateway says of its own failures, unless it was created with exceptionLevel DEBUG. */
const internal = 'An internal error occurred. Please retry later.';

/** Calls the API behind a tool. Whatever goes wrong there is a result that a model can read, not an error of the protocol. */
export async function callTool(tool: GatewayTool, args: JsonObject, timeoutMilliseconds: number): Promise<ToolResult> {
  const faults = argumentFaults(tool, args);
  if (faults.length > 0) {
    return failed(`Parameter validation failed: Invalid request parameters:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
  }
  try {
    const response = await callTarget(tool, args, AbortSignal.timeout(timeoutMilliseconds));
    const text = await response.text();
    return response.ok ? { isError: false, content: [{ type: 'text', text }] } : failed(`HTTP ${response.status}: ${text}`);
  } catch {
    return failed(internal);
  }
}

function failed(text: string): ToolResult {
  return { isError: true, content: [{ type: 'text', text }] };
}
