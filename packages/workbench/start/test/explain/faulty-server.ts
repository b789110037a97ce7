import { setTimeout as sleep } from 'node:timers/promises';
import { type Listening, listen } from '@vera/stand-in-kit/listen';

interface Message {
  readonly id?: number;
  readonly method: string;
  readonly params?: { readonly protocolVersion?: string; readonly name?: string };
}

/** So long its slow tool takes, in milliseconds. */
export const slowTool = 10_500;

const inputSchema = { type: 'object', properties: {} };
const tools = ['slow_report', 'broken_report'].map((name) => ({
  ...{ name, description: `Gives the ${name}`, inputSchema, annotations: { readOnlyHint: true } },
}));

/** An MCP server of a company's own, one tool of which takes long, and one that fails. */
export function startFaultyServer(): Promise<Listening> {
  return listen(async (request) => {
    if (request.method !== 'POST') return new Response(null, { status: 405 });
    const { id, method, params = {} } = (await request.json()) as Message;
    if (id === undefined) return new Response(null, { status: 202 });
    const result = await resultOf(method, params);
    return Response.json({ jsonrpc: '2.0', id, ...(result ? { result } : { error: { code: -32601, message: 'no such method' } }) });
  });
}

async function resultOf(method: string, { protocolVersion, name }: NonNullable<Message['params']>) {
  if (method === 'initialize') return { protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'reports', version: '1' } };
  if (method === 'tools/list') return { tools };
  if (method !== 'tools/call') return undefined;
  if (name === 'slow_report') await sleep(slowTool);
  const isError = name === 'broken_report';
  return { isError, content: [{ type: 'text', text: isError ? 'ORA-01555: snapshot too old' : 'All is well.' }] };
}
