import type { McpServer as SdkServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { createGateway } from '@vera/agent-core-stand-in/create-gateway';
import type { McpTarget } from '@vera/agent-core-stand-in/gateway/tools/gateway-target';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { describe, expect, test } from 'vitest';
import { gatewayCredentialOf, gatewayKeysOf, type ServerEntry, serverEntries, serversOf } from '../../src/env.ts';
import { configuredServers } from '../../src/mcp/configured-servers.ts';
import { gatewayServer } from '../../src/mcp/gateway-server.ts';
import { bearer } from '../../src/mcp/mcp-server.ts';
import { startMcpServer } from './start-mcp-server.ts';
import { startToolServers } from './start-tool-servers.ts';

const wiki = {
  name: 'wiki',
  title: 'The Wiki',
  url: 'https://wiki.example.com/mcp',
  headers: { authorization: 'Bearer ${WIKI_KEY}' },
  reads: ['find_page', 'page___history', 'a'.repeat(60), 'read_secret'],
  denies: ['*secret*'],
  via: 'gateway',
} as const satisfies ServerEntry;
const authorization = 'Bearer the-key-of-the-wiki';

/** A gateway with nothing behind it but a wiki that checks its key, and the worker before it with what its settings say. */
async function start(more: Partial<McpTarget> = {}) {
  const names = ['find_page', 'page___history', 'a'.repeat(60), 'read_secret', 'get_or_create', 'count_pages', 'drop'];
  const tools = (sdk: SdkServer) => {
    for (const name of names) {
      const annotations = name === 'count_pages' ? { annotations: { readOnlyHint: true } } : {};
      sdk.registerTool(name, { description: `What ${name} does.`, ...annotations }, () => ({
        content: [{ type: 'text', text: `${name} done` }],
      }));
    }
  };
  const server = await startMcpServer({
    tools,
    intercept({ headers }, response) {
      if (headers.authorization === authorization) return false;
      response.writeHead(401).end();
      return true;
    },
  });
  const target = {
    name: 'wiki',
    endpoint: server.url.href,
    apiKey: { name: 'Authorization', prefix: 'Bearer', key: 'the-key-of-the-wiki' },
  };
  const gateway = await createGateway({ record: createCallRecord(), targets: [{ ...target, ...more }], authorizer: { kind: 'NONE' } });
  const { transport, limits: _, ...data } = gatewayServer(gateway.mcpUrl, bearer('worker-key'), serversOf([wiki]));
  const worker = startToolServers([{ ...data, transport }]);
  return {
    server,
    worker,
    async [Symbol.asyncDispose]() {
      for (const one of [worker, gateway, server]) await one[Symbol.asyncDispose]();
    },
  };
}

describe('a server behind the gateway', () => {
  test('offers what its list says, under names of its own; a write without an annotation is none of it', async () => {
    await using system = await start();
    const [names, troubles] = await system.worker.names();
    expect(names).toEqual([
      expect.stringMatching(/^gateway_wiki___a+_[0-9a-f]{12}$/),
      'gateway_wiki___find_page',
      'gateway_wiki___page___history',
      'read_more',
    ]);
    expect([names.every((name) => name.length <= 64), troubles]).toEqual([true, []]);
    expect(system.worker.lines.find(({ event }) => event === 'mcp.offered')).toMatchObject({ listed: 8, reads: 3, writes: 0 });
  });

  test('offers no more where the gateway should pass annotations on', async () => {
    await using with_ = await start({ passesAnnotations: true });
    await using without = await start();
    expect(await with_.worker.names()).toEqual(await without.worker.names());
  });

  test('is called what people call it, and answers; its key is the gateway’s, never the worker’s', async () => {
    await using system = await start();
    const { tools } = await system.worker.offer();
    const tool = tools.find(({ name }) => name.endsWith('find_page'));
    expect([tool?.title, tool?.description]).toEqual(['The Wiki: find page', 'The Wiki: What find_page does.']);
    expect(await system.worker.call('gateway_wiki___find_page')).toMatchObject({
      isError: false,
      text: expect.stringContaining('find_page done'),
    });
    expect(new Set(system.server.requests.map(({ headers }) => headers.authorization))).toEqual(new Set([authorization]));
    const { servers } = configuredServers(serversOf([wiki]), { secrets: {}, region: 'us-east-1', path: '', log: {} as never });
    expect(servers).toEqual([]);
  });

  test('that is down costs its own call, in its own name', async () => {
    await using system = await start();
    await system.worker.names();
    await system.server[Symbol.asyncDispose]();
    const out = await system.worker.call('gateway_wiki___find_page');
    expect(out).toMatchObject({ isError: true, text: expect.stringContaining('The Wiki'), troubles: [] });
  });

  test('gets the time it asks for, though all share one connection', () => {
    const patient = { ...wiki, timeouts: { callSeconds: 300 } };
    expect(gatewayServer('https://g.example.com/mcp', bearer('x'), serversOf([patient])).limits.callMilliseconds).toBe(300_000);
    expect(gatewayServer('https://g.example.com/mcp', bearer('x'), serversOf([wiki])).limits.callMilliseconds).toBe(60_000);
  });

  test('is named where the gateway fails', () => {
    expect(gatewayServer('https://g.example.com/mcp', bearer('x'), serversOf([wiki])).title).toBe(
      'The gateway to Jira, Confluence, PagerDuty and The Wiki',
    );
  });
});

describe('via: gateway', () => {
  const problemsOf = (entry: unknown) =>
    (serverEntries.safeParse([entry]).error?.issues ?? []).map(({ path, message }) => `${path.slice(1).join('.')}: ${message}`);
  const open = { name: 'wiki', url: wiki.url, reads: ['find_page'], via: 'gateway' } as const;
  const oauth = { clientId: 'vera', clientSecret: '${WIKI_SECRET}', tokenUrl: 'https://id.example.com/token', scope: 'read list' };

  test.each<[ServerEntry, object, readonly string[]]>([
    [open, {}, []],
    [wiki, { apiKey: { header: 'authorization', prefix: 'Bearer', key: 'WIKI_KEY' } }, ['WIKI_KEY']],
    [{ ...open, headers: { 'X-Api-Key': '${K_1}' } }, { apiKey: { header: 'X-Api-Key', prefix: '', key: 'K_1' } }, ['K_1']],
    [
      { ...open, oauth },
      {
        oauth: { clientId: { text: 'vera' }, secretKey: 'WIKI_SECRET', tokenUrl: 'https://id.example.com/token', scopes: ['read', 'list'] },
      },
      ['WIKI_SECRET'],
    ],
    [
      { ...open, oauth: { ...oauth, clientId: '${WIKI_ID}', scope: ' read ' } },
      { oauth: { clientId: { key: 'WIKI_ID' }, secretKey: 'WIKI_SECRET', tokenUrl: 'https://id.example.com/token', scopes: ['read'] } },
      ['WIKI_ID', 'WIKI_SECRET'],
    ],
    [
      { name: 'splunk', url: 'https://splunk.example.com/mcp', via: 'gateway', keyVersion: 2 },
      { apiKey: { header: 'authorization', prefix: 'Bearer', key: 'SPLUNK_TOKEN' } },
      ['SPLUNK_TOKEN'],
    ],
  ])('%j is taken', (entry, credential, keys) => {
    expect(problemsOf(entry)).toEqual([]);
    const [data] = serversOf([entry]);
    expect([gatewayCredentialOf(data!), gatewayKeysOf(data!), data?.via]).toEqual([credential, keys, 'gateway']);
  });

  test.each<[string, unknown]>([
    ['actsAs: what is changed as a person needs that person’s own token', { ...wiki, actsAs: 'atlassian' }],
    ['actsAs: what is changed as a person needs that person’s own token', { name: 'github', via: 'gateway' }],
    ['reads: nobody says whether the gateway passes annotations on', { ...wiki, reads: 'annotated' }],
    ['privateNetwork: the gateway reaches public addresses', { ...wiki, privateNetwork: true }],
    ['url: the gateway takes an address that begins with https://', { ...open, url: 'http://localhost:3000', privateNetwork: true }],
    ['timeouts.openSeconds: the gateway opens it by itself', { ...wiki, timeouts: { openSeconds: 30 } }],
    ['name: jira is a target of the gateway already', { ...wiki, name: 'jira' }],
    ['headers: the gateway sends one header, its key at the end', { ...wiki, headers: { ...wiki.headers, 'x-site': 'eu' } }],
    ['headers: the gateway sends one header, its key at the end', { ...wiki, headers: { authorization: 'Token token=${A}' } }],
    ['headers: the gateway sends one header, its key at the end', { ...wiki, headers: { authorization: '${A} x' } }],
    ['headers: the gateway sends one header, its key at the end', { ...wiki, headers: { 'x-site': 'eu' } }],
    ['headers: the gateway sends one header, its key at the end', { ...wiki, headers: { 'x-key': '${A}' }, oauth }],
    ['headers: the gateway sends one header, its key at the end', { ...wiki, headers: { 'x-key': `${'x'.repeat(65)} \${A}` } }],
    ['oauth.scope: the gateway has to ask for one', { ...open, oauth: { ...oauth, scope: ' ' } }],
    ['oauth.tokenUrl: the gateway does not find it out', { ...open, oauth: { clientId: 'a', clientSecret: '${B}' } }],
    ['oauth: behind the gateway clientSecret is a key and nothing else', { ...open, oauth: { ...oauth, clientSecret: 'x${B}' } }],
    ['oauth: behind the gateway clientSecret is a key and nothing else', { ...open, oauth: { ...oauth, clientId: 'x${B}' } }],
    ['via: only a server with a url can stand behind the gateway', { name: 'azure', via: 'gateway' }],
    ['via: AWS is signed as a role of its own', { name: 'aws', via: 'gateway' }],
    ['url: exactly one of url and command is needed', { name: 'atlan', via: 'gateway' }],
    [': splunk is known: it takes url, via and keyVersion, and no reads', { name: 'splunk', url: wiki.url, via: 'gateway', reads: [] }],
    ['keyVersion: only keys that the gateway has need a version', { ...wiki, via: 'direct', keyVersion: 2 }],
  ])('is refused with a sentence: %s', (words, entry) => {
    expect(problemsOf(entry)).toContainEqual(expect.stringContaining(words));
  });
});
