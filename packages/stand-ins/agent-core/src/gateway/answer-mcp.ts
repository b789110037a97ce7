import type { CallRecord } from '@vera/aws-stand-in/call-record';
import { brokenAnswer, type GatewayFaults } from './broken-answer.ts';
import { type Authorizer, authorize } from './inbound/authorize.ts';
import { type Message, readMessage } from './inbound/read-message.ts';
import { answerMethod, type MethodParts } from './mcp/answer-method.ts';
import type { SessionShelf } from './mcp/session-shelf.ts';
import { isStateless, versionOf } from './mcp/versions.ts';
import { GatewayRefusal, RpcError } from './refusals.ts';

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

const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/** Refuses what streamable HTTP does not allow. What a browser page of elsewhere sends to this laptop is refused too. */
function checkHeaders({ headers }: Request): void {
  const origin = headers.get('origin');
  if (!loopback.test(headers.get('host') ?? '') || (origin !== null && !loopback.test(origin.replace(/^https?:\/\//, '')))) {
    throw new GatewayRefusal(403, -32000, 'Forbidden: only this machine may call the emulator');
  }
  if (!headers.get('content-type')?.toLowerCase().startsWith('application/json')) {
    throw new GatewayRefusal(415, -32000, 'Unsupported Media Type: Content-Type must be application/json');
  }
  if (!['application/json', 'text/event-stream'].every((type) => isAccepted(type, headers.get('accept') ?? ''))) {
    throw new GatewayRefusal(406, -32000, 'Not Acceptable: Client must accept both application/json and text/event-stream');
  }
}

function isAccepted(type: string, accept: string): boolean {
  const ranges = accept
    .toLowerCase()
    .split(',')
    .map((range) => range.split(';')[0]?.trim());
  return [type, `${type.split('/')[0]}/*`, '*/*'].some((range) => ranges.includes(range));
}
