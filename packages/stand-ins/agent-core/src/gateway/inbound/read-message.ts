import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import { GatewayRefusal } from '../refusals.ts';

/** AgentCore's limit for what it is sent. */
const mostBytes = 6 * 1024 * 1024;

/** One JSON-RPC message of a client; without an id it is a notification, or the answer to something we never ask. */
export interface Message {
  readonly id: string | number | undefined;
  readonly method: string;
  readonly params: JsonObject;
}

export async function readMessage(request: Request): Promise<Message> {
  const body = new Uint8Array(await request.arrayBuffer());
  if (body.byteLength > mostBytes) throw new GatewayRefusal(413, -32000, `Request payload exceeds ${mostBytes} bytes`);
  const value = parsed(new TextDecoder().decode(body));
  if (value === undefined) throw new GatewayRefusal(400, -32700, 'Parse error');
  // Batches went out of the protocol with 2025-06-18.
  if (!isJsonObject(value) || value.jsonrpc !== '2.0') throw new GatewayRefusal(400, -32600, 'Invalid Request');
  const { id, method, params } = value;
  const isAnswer = method === undefined && ('result' in value || 'error' in value);
  const isGoodId = id === undefined || typeof id === 'string' || Number.isInteger(id);
  if (!isGoodId || (!isAnswer && typeof method !== 'string') || (params !== undefined && !isJsonObject(params))) {
    throw new GatewayRefusal(400, -32600, 'Invalid Request');
  }
  return { id: isAnswer ? undefined : (id as string | number | undefined), method: String(method ?? ''), params: params ?? {} };
}

/** Undefined for what is no JSON, which JSON itself cannot say. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
