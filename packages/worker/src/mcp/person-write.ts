import type { ProviderId } from '@vera/accounts/account';
import { shorten, textLimits } from '@vera/protocol/shorten';
import type { Log } from '@vera/service-kit/log';
import { isObject } from '../is-object.ts';
import { type FieldChange, type PersonWrite, UncertainChange } from '../tools/person-tool.ts';
import { mainArgument } from '../tools/told-text.ts';
import { ToolFailure } from '../tools/tool.ts';
import type { UsableSchema } from './input-schema.ts';
import { humanName, type ListedTool, toolAlias } from './listed-tool.ts';
import type { CallResult, OpenMcpClient } from './mcp-client.ts';
import { type McpFailureCode, mcpFailureWords, toMcpFailure } from './mcp-failure.ts';
import { bearer, type McpServer } from './mcp-server.ts';
import { recoveryOf } from './tool-policy.ts';
import { errorText, resultText } from './tool-results.ts';

export interface PersonWriteParams {
  readonly server: McpServer;
  readonly provider: ProviderId;
  readonly open: OpenMcpClient;
  readonly log: Log;
}

/** With these the server has done nothing. */
const certain: ReadonlySet<McpFailureCode> = new Set([
  'unauthorized',
  'forbidden',
  'rate-limited',
  'not-installed',
  'key-missing',
  'not-public',
  'misconfigured',
]);

/** A server's tool that may change something: called with the token of the person who asked, over a connection of its own. */
export function personWrite(listed: ListedTool, { schema, toServer }: UsableSchema, params: PersonWriteParams): PersonWrite {
  const { server, provider } = params;
  const name = humanName(listed);
  return {
    kind: 'write',
    provider,
    name: toolAlias(server.name, listed.name),
    title: `Preparing: ${name}`,
    description: shorten(`${server.title}: ${listed.description?.trim() || name}`, textLimits.toolDescription),
    inputSchema: schema,
    details: mainArgument,
    recovery: recoveryOf(server, listed),
    async propose(input) {
      if (!isObject(input)) throw new ToolFailure('The input does not fit. It must be an object.');
      const args = toServer(input);
      return { title: `${name.charAt(0).toUpperCase()}${name.slice(1)}`, system: server.title, changes: fieldsOf(args), args };
    },
    async perform(args, { token }, signal) {
      const result = await call(listed.name, args, params, { token, signal });
      const text = resultText(result);
      if (result.isError) throw new UncertainChange(`${server.title} answered with an error: ${errorText(text)}`);
      return { text: text === '' ? `${server.title} has done it.` : shorten(text, textLimits.serverChangeResult) };
    },
  };
}

async function call(
  name: string,
  args: Readonly<Record<string, unknown>>,
  { server, open, log }: PersonWriteParams,
  { token, signal }: { readonly token: string; readonly signal: AbortSignal },
): Promise<CallResult> {
  const { transport, limits } = server;
  if (transport.kind !== 'http') throw new ToolFailure(`${server.title} cannot act as a person.`);
  let isCalled = false;
  try {
    const own = { ...server, transport: { ...transport, authorization: bearer(token) } };
    const client = await open(own, { onToolsChanged() {}, onClosed() {}, log });
    try {
      isCalled = true;
      return await client.callTool(name, args, { milliseconds: limits.callMilliseconds, signal });
    } finally {
      await client.close();
    }
  } catch (error) {
    const failure = toMcpFailure(error);
    const words = mcpFailureWords(server.title, failure.code);
    if (!isCalled || certain.has(failure.code)) throw new ToolFailure(words, { cause: error });
    throw new UncertainChange(words, { cause: error });
  }
}

function fieldsOf(args: Readonly<Record<string, unknown>>): FieldChange[] {
  return Object.entries(args).map(([field, value]) => ({
    field,
    after: typeof value === 'string' ? value : JSON.stringify(value, undefined, 2),
  }));
}
