import { createInterface } from 'node:readline';

interface Message {
  readonly id?: number;
  readonly method: string;
  readonly params?: { readonly protocolVersion?: string; readonly name?: string; readonly arguments?: Readonly<Record<string, string>> };
}

const inputSchema = (name: string) => ({ type: 'object', properties: { [name]: { type: 'string' } }, required: [name] });
const tools = [
  { name: 'say', description: 'Says something back', inputSchema: inputSchema('message'), annotations: { readOnlyHint: true } },
  { name: 'count_words', description: 'Counts the words of a text', inputSchema: inputSchema('text') },
  { name: 'wipe_everything', description: 'Deletes all', inputSchema: { type: 'object' } },
];

/** A newcomer's own MCP server, written without a library: the answer to a message, undefined for what wants none. */
export function answerTo({ id, method, params = {} }: Message): unknown {
  if (id === undefined) return undefined;
  const result = resultOf(method, params);
  return { jsonrpc: '2.0', id, ...(result ? { result } : { error: { code: -32601, message: 'no such method' } }) };
}

function resultOf(method: string, { protocolVersion, name, arguments: input = {} }: NonNullable<Message['params']>) {
  if (method === 'initialize') return { protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'own', version: '1' } };
  if (method === 'tools/list') return { tools };
  if (method !== 'tools/call') return undefined;
  const text = name === 'say' ? `You said: ${input.message}` : `${input.text?.split(/\s+/).length} words`;
  return { content: [{ type: 'text', text }] };
}

if (process.argv[2] === 'stdio')
  createInterface({ input: process.stdin }).on('line', (line) => {
    const answer = answerTo(JSON.parse(line));
    if (answer) process.stdout.write(`${JSON.stringify(answer)}\n`);
  });
