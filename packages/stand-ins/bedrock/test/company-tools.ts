import { readFileSync } from 'node:fs';
import { createGateway } from '@vera/agent-core-stand-in/create-gateway';
import type { ApiTarget } from '@vera/agent-core-stand-in/gateway/tools/gateway-target';
import { type ApiTool, toolsOf } from '@vera/agent-core-stand-in/gateway/tools/tools-of';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createAccessTokens } from '@vera/saas-stand-in/atlassian/atlassian-site';
import { createConfluence } from '@vera/saas-stand-in/create-confluence';
import { createJira } from '@vera/saas-stand-in/create-jira';
import { createPagerDuty } from '@vera/saas-stand-in/create-pagerduty';
import type { TestTool } from './agent-loop.ts';

const root = new URL('../../../../', import.meta.url);
const read = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const seed = (name: string) => read(`packages/workbench/start/demo/${name}.seed.json`);
const systems = { jira: 'Jira', confluence: 'Confluence', pagerduty: 'PagerDuty' } as const;

export interface CompanyTools extends AsyncDisposable {
  readonly tools: readonly TestTool[];
}

/**
 * The demo company's tools as Vera offers them to the model: those of the gateway, with the company's data behind it, each result marked
 * as data, cut where it is longer than `longest`.
 */
export async function startCompanyTools(moment: string, longest = 20_000): Promise<CompanyTools> {
  const started = new AsyncDisposableStack();
  const now = () => Date.parse(moment);
  const tokens = createAccessTokens();
  const site = {
    cloudId: 'northwind',
    people: seed('atlassian-people'),
    apiTokens: [{ email: 'vera@northwind.example', token: 't' }],
    tokens,
  };
  const jira = started.use(await createJira({ seed: seed('jira'), site, now }));
  const confluence = started.use(await createConfluence({ seed: seed('confluence'), site, now }));
  const pagerDuty = started.use(await createPagerDuty({ seed: seed('pagerduty'), apiKeys: ['k'], now }));
  const atlassian = { name: 'Authorization', prefix: 'Basic', key: Buffer.from('vera@northwind.example:t').toString('base64') };
  const token = { name: 'Authorization', prefix: 'Token', key: 'token=k' };
  const target = (name: string, { url: server }: { url: string }, credential: ApiTarget['credential']) => ({
    ...{ name, server, credential },
    document: read(`stacks/gateway/schemas/${name}.json`),
  });
  const targets = [target('jira', jira, atlassian), target('confluence', confluence, atlassian), target('pagerduty', pagerDuty, token)];
  const gateway = started.use(await createGateway({ record: createCallRecord(), authorizer: { kind: 'NONE' }, targets }));
  const kept: string[] = [];
  const show = (text: string, system: string) => {
    if (text.length <= longest) return marked(text, system);
    kept.push(text);
    const note = `read_more with handle "r${kept.length}" and from ${longest} gives the next.`;
    return `${marked(text.slice(0, longest), system)}\n(Cut here: these are ${longest} of ${text.length} characters. ${note})`;
  };
  const tools = targets.flatMap(toolsOf).map(({ definition }) => toTestTool(definition, gateway.mcpUrl, show));
  return { tools: [...tools, readMore(kept, longest)], [Symbol.asyncDispose]: () => started.disposeAsync() };
}

function toTestTool({ name, description, inputSchema }: ApiTool['definition'], mcpUrl: string, show: typeof marked): TestTool {
  const system = systems[name.split('___')[0] as keyof typeof systems];
  const spec = { name: `gateway_${name}`, description: `${system}: ${description}`, inputSchema: { json: inputSchema as never } };
  return { tool: { toolSpec: spec }, run: async (input) => show(await callTool(mcpUrl, name, input), system) };
}

async function callTool(mcpUrl: string, name: string, input: object): Promise<string> {
  const response = await fetch(mcpUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: input } }),
  });
  const { result } = (await response.json()) as { result: { isError?: boolean; content: { text: string }[] } };
  const text = result.content[0]?.text ?? '';
  if (result.isError) throw new Error(text);
  return text;
}

function readMore(kept: readonly string[], longest: number): TestTool {
  const properties = { handle: { type: 'string', description: 'Such as r1' }, from: { type: 'integer', description: 'Where to begin' } };
  const json = { type: 'object', properties, required: ['handle', 'from'] } as never;
  const description = 'Gives the next part of a long tool result that was cut, by the handle that stands where it was cut.';
  return {
    tool: { toolSpec: { name: 'read_more', description, inputSchema: { json } } },
    run({ handle, from }) {
      const text = kept[Number(String(handle).slice(1)) - 1] ?? '';
      const end = Number(from) + longest;
      const note = end < text.length ? `(${text.length - end} characters are left; go on from ${end}.)` : '(This is the end.)';
      return `${marked(text.slice(Number(from), end), 'The gateway')}\n${note}`;
    },
  };
}

function marked(text: string, system: string): string {
  return `<data from="${system}">\n${text}\n</data>`;
}
