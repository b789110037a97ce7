import type { CallRecord } from '@vera/aws-stand-in/call-record';
import { brokenAnswer } from './faults/broken-answer.ts';
import type { GatewayFaults } from './faults/gateway-fault.ts';
import { authorize } from './inbound/authorize.ts';
import type { Authorizer } from './inbound/authorizer.ts';
import { checkHeaders } from './inbound/check-headers.ts';
import { GatewayRefusal } from './inbound/gateway-refusal.ts';
import { type Message, readMessage } from './inbound/read-message.ts';
import { answerMethod, type MethodParts } from './mcp/answer-method.ts';
import { RpcError } from './mcp/rpc-error.ts';
import type { SessionShelf } from './mcp/session-shelf.ts';
import { isStateless, versionOf } from './mcp/versions.ts';

export interface McpParts extends MethodParts {
  readonly authorizer: Authorizer;
  readonly gatewayArn: string;
  readonly record: CallRecord;
  readonly now: () => number;
  readonly faults: GatewayFaults;
  readonly sessions: SessionShelf;
  /** Hears of each request that was let in. */
  readonly note: (message: Message) => void;
}

/** One POST to `/mcp`. A signed one is recorded as the permission IAM would have checked. */
export async function answerMcp(request: Request, cut: () => void, parts: McpParts): Promise<Response> {
  const { record, gatewayArn, now } = parts;
  try {
    checkHeaders(request);
    const component = await authorize(request, { authorizer: parts.authorizer, now: now() });
    const response = await answerCaller(request, cut, parts);
    const call = { action: 'bedrock-agentcore:InvokeGateway', resource: gatewayArn, at: now(), status: response.status };
    if (component !== undefined) record.add({ ...call, component });
    return response;
  } catch (error) {
    if (error instanceof GatewayRefusal) return error.toResponse(null);
    throw error;
  }
}

/** What is said, in which version and session, then what it comes to. */
async function answerCaller(request: Request, cut: () => void, parts: McpParts): Promise<Response> {
  const message = await readMessage(request);
  parts.note(message);
  try {
    const fault = parts.faults.take(message.method);
    const broken = fault && (await brokenAnswer(fault, { request, message, cut }));
    return broken ?? (await answerMessage(request, message, parts));
  } catch (error) {
    if (error instanceof GatewayRefusal) return error.toResponse(message.id ?? null);
    throw error;
  }
}

async function answerMessage(request: Request, message: Message, parts: McpParts): Promise<Response> {
  const { id, method } = message;
  const version = versionOf(request, message, parts.supportedVersions);
  const opens = method === 'initialize' && !isStateless(version);
  if (!opens && !isStateless(version)) parts.sessions.check(request.headers.get('mcp-session-id'));
  if (id === undefined) return new Response(null, { status: 202 });
  try {
    const answered = await answerMethod(message, version, parts);
    const result = isStateless(version) ? { resultType: 'complete', ...answered } : answered;
    return Response.json({ jsonrpc: '2.0', id, result }, { headers: opens ? { 'mcp-session-id': parts.sessions.open() } : {} });
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return Response.json({ jsonrpc: '2.0', id, error: { code: error.rpcCode, message: error.message } });
  }
}
