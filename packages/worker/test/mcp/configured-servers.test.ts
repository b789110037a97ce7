import { createLog } from '@vera/service-kit/log';
import { readEnv } from '@vera/service-kit/read-env';
import { describe, expect, test } from 'vitest';
import { type ServerEntry, serverEntries, toolKeysOf, workerEnv } from '../../src/env.ts';
import { configuredServers } from '../../src/mcp/configured-servers.ts';
import { gatewayServer } from '../../src/mcp/gateway-server.ts';
import { bearer } from '../../src/mcp/mcp-server.ts';
import { kindOf } from '../../src/mcp/tool-policy.ts';

const least = {
  DEPLOYMENT: 'use1-dev-vera',
  SECRET_ID: 'vera/worker',
  LEDGER_TABLE: 'ledger',
  AUDIT_TABLE: 'a',
  AUDIT_DAYS: '400',
  COMPANY_NAME: 'Northwind',
  MODEL_ID: 'us.anthropic.claude-sonnet-5-5',
};
const switchedOn = (...entries: unknown[]) => readEnv(workerEnv, { ...least, MCP_SERVERS: JSON.stringify(entries) }).MCP_SERVERS;
const problemsOf = (...entries: unknown[]) =>
  (serverEntries.safeParse(entries).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

const wiki = { name: 'wiki', url: 'https://wiki.example.com/mcp', reads: 'annotated' } as const;
const local = { name: 'files', command: 'npx', reads: ['list_directory'] };

describe('MCP_SERVERS', () => {
  test('names what is on, with addresses, or holds its data; nothing is on by itself', () => {
    expect(readEnv(workerEnv, least).MCP_SERVERS).toEqual([]);
    expect(switchedOn()).toEqual([]);
    const made = switchedOn('github', 'splunk=https://splunk.example.com:8089/services/mcp?a=b', 'azure', wiki, local);
    expect(made.map(({ name, url, command }) => [name, url ?? command])).toEqual([
      ['github', 'https://api.githubcopilot.com/mcp/'],
      ['splunk', 'https://splunk.example.com:8089/services/mcp?a=b'],
      ['azure', 'azmcp'],
      ['wiki', 'https://wiki.example.com/mcp'],
      ['files', 'npx'],
    ]);
    expect(switchedOn('atlan=http://127.0.0.1:4000/mcp')).toMatchObject([{ url: 'http://127.0.0.1:4000/mcp' }]);
  });

  test('that is no JSON is refused at the start', () => {
    for (const value of ['github', '{"name":', '{}', 'null'])
      expect(() => readEnv(workerEnv, { ...least, MCP_SERVERS: value })).toThrow('MCP_SERVERS');
  });

  test.each<[string, unknown[]]>([
    ['0: gitlab is none of github, atlan, splunk, azure, aws; of any other server give the data', ['gitlab']],
    ['1: github is there twice', ['github', 'github']],
    ['0: atlan needs its address: atlan=https://…', ['atlan']],
    ['0: azure has no address', ['azure=https://azure.example.com']],
    ['0: the address must begin with https://', ['splunk=http://splunk.example.com']],
    ['0: this is no address: https://…', ['github=nowhere']],
    ['0: the address must begin with https://', ['github=file:///etc/passwd']],
    ['0: constructor is none of', ['constructor']],
    ['0: a name or an object with one', [7]],
    ['0: a name or an object with one', [null]],
    ['0.name: gateway is the name of a server that is known already', [{ ...wiki, name: 'gateway' }]],
    ['0.name: github is the name of a server that is known already', [{ ...wiki, name: 'github' }]],
    ['0.name: lower-case letters and digits', [{ ...wiki, name: 'my_wiki' }]],
    ['0.name: lower-case letters and digits', [{ ...wiki, name: 'a234567890123456z' }]],
    ['1: wiki is there twice', [wiki, wiki]],
    ['0.url: exactly one of url and command is needed', [{ name: 'wiki', reads: [] }]],
    ['0.url: exactly one of url and command is needed', [{ ...wiki, command: 'npx' }]],
    ['0.reads: the exact names of the tools that only read, or "annotated"', [{ ...wiki, reads: 'all' }]],
    ['0.reads: the exact names of the tools that only read, or "annotated"', [{ name: 'wiki', url: wiki.url }]],
    ['0: there is no read; there are name, title, url, command', [{ ...wiki, read: [] }]],
    ['0.url: the address must begin with https://', [{ ...wiki, url: 'http://wiki.example.com/mcp' }]],
    ['0.url: an address of this machine needs privateNetwork: true', [{ ...wiki, url: 'http://127.0.0.1:3001/mcp' }]],
    ['0.url: an address holds no key: it goes into headers', [{ ...wiki, url: 'https://a:b@wiki.example.com/mcp' }]],
    ['0.url: an address holds no key: it goes into headers', [{ ...wiki, url: 'https://wiki.example.com/mcp?key=${WIKI_KEY}' }]],
    ['0.environment: only a server with a command has this', [{ ...wiki, environment: { A: 'b' } }]],
    ['0.headers: only a server with a url has this', [{ ...local, headers: { a: 'b' } }]],
    ['0.actsAs: only a server with a url has this', [{ ...local, actsAs: 'github' }]],
    ['0.actsAs: atlassian or github', [{ ...wiki, actsAs: 'google' }]],
    ['0.args.0: everybody on the machine sees arguments: a key goes into environment', [{ ...local, args: ['--key=${KEY}'] }]],
    ['0.headers.authorization: a key does not stand in settings', [{ ...wiki, headers: { authorization: 'Bearer abc' } }]],
    ['0.headers.X-Api-Key: a key does not stand in settings', [{ ...wiki, headers: { 'X-Api-Key': 'abc' } }]],
    ['0.headers.mcp-session-id: this header cannot be set', [{ ...wiki, headers: { 'mcp-session-id': '1' } }]],
    ['0.headers.a b: this header cannot be set', [{ ...wiki, headers: { 'a b': '1' } }]],
    ['0.headers.a: a header holds plain characters of one line', [{ ...wiki, headers: { a: 'x\r\nb: y' } }]],
    ['0.headers.a: ${1st} is no key of the secret', [{ ...wiki, headers: { a: '${1st}' } }]],
    ['0.headers.a: ${} is no key of the secret', [{ ...wiki, headers: { a: '${}' } }]],
    ['0.headers.a: ${A-B} is no key of the secret', [{ ...wiki, headers: { a: 'x ${A-B} y' } }]],
    ['0.headers.a: a } is missing after ${', [{ ...wiki, headers: { a: '${OPEN' } }]],
    ['0.headers.a: SLACK_BOT_TOKEN is Vera’s own', [{ ...wiki, headers: { a: '${SLACK_BOT_TOKEN}' } }]],
    ['0.environment.A: ATLASSIAN_CLIENT_SECRET is Vera’s own', [{ ...local, environment: { A: '${ATLASSIAN_CLIENT_SECRET}' } }]],
    ['0.environment.GITHUB_TOKEN: a key does not stand in settings', [{ ...local, environment: { GITHUB_TOKEN: 'ghp_x' } }]],
    ['0.oauth.clientSecret: a key does not stand in settings', [{ ...wiki, oauth: { clientId: 'vera', clientSecret: 'abc' } }]],
    [
      '0.oauth.tokenUrl: the address must begin with https://',
      [{ ...wiki, oauth: { clientId: 'a', clientSecret: '${B}', tokenUrl: 'http://a' } }],
    ],
    ['0.via: only a server with a url can stand behind the gateway', [{ ...local, via: 'gateway' }]],
    ['0.timeouts.openSeconds: this is too small or too large', [{ ...wiki, timeouts: { openSeconds: 0 } }]],
    ['0.title: one line of at most 60 characters', [{ ...wiki, title: 'a</data>' }]],
  ])('%s', (words, entries) => {
    expect(problemsOf(...entries)).toContainEqual(expect.stringContaining(words));
    expect(() => switchedOn(...entries)).toThrow('MCP_SERVERS');
  });

  test('takes what people really write', () => {
    const environment = { MAX_TOKENS_PER_CALL: '1000', TOKEN_URL: 'https://a.example.com', API_TOKEN: '${WIKI_TOKEN}', DEBUG: '' };
    const entries: ServerEntry[] = [
      { ...local, args: ['-y', '@modelcontextprotocol/server-filesystem', '/tmp'], environment, timeouts: { openSeconds: 60 } },
      { ...wiki, title: 'Wiki & more', headers: { Authorization: 'Token token=${WIKI_TOKEN}', 'X-Site': 'eu' }, denies: ['delete_*'] },
      { ...wiki, name: 'own', url: 'http://localhost:3001/mcp', privateNetwork: true, reads: [] },
      { ...wiki, name: 'jirahub', actsAs: 'atlassian' },
      { ...wiki, name: 'linear', oauth: { clientId: '${LINEAR_ID}', clientSecret: '${LINEAR_SECRET}', scope: 'read' } },
    ];
    expect(problemsOf(...entries)).toEqual([]);
    expect(toolKeysOf(switchedOn(...entries))).toEqual(['WIKI_TOKEN', 'LINEAR_ID', 'LINEAR_SECRET']);
  });
});

const lines: Record<string, unknown>[] = [];
const log = createLog({ service: 'worker', write: (line) => lines.push(JSON.parse(line)) });
const known = switchedOn('github', 'atlan=https://atlan.example.com/mcp', 'splunk=https://splunk.example.com/mcp', 'azure', 'aws');
const keys: Record<string, string | undefined> = Object.fromEntries(toolKeysOf(known).map((name) => [name, `key of ${name}`]));
const made = (servers: typeof known, secrets = keys) =>
  configuredServers(servers, { secrets, region: 'eu-central-1', asReader, path: '', log });
const asReader = () => bearer('signed');
const headersOf = async (server: ReturnType<typeof made>['servers'][number] | undefined) => {
  if (server?.transport.kind !== 'http') throw new Error('no address');
  const request = { url: server.transport.url, method: 'POST', headers: {}, body: '' };
  return server.transport.authorization.headers(request, new AbortController().signal);
};

describe('servers', () => {
  test('known ones are made of their data, names fit for aliases, keys of the secret', () => {
    const { servers, unusable } = made(known);
    expect([servers.map(({ name }) => name), unusable]).toEqual([['github', 'atlan', 'splunk', 'azure', 'aws'], []]);
    for (const { name } of servers) expect(name).toMatch(/^[a-z][a-z0-9]*$/);
  });

  test('a missing key costs that server: the log names the key, the answer the server', () => {
    const { servers, unusable } = made(known, { ...keys, ATLAN_API_KEY: ' \n', AZURE_CLIENT_ID: undefined });
    expect(servers.map(({ name }) => name)).toEqual(['github', 'splunk', 'aws']);
    expect(unusable).toEqual([
      { title: 'Atlan', code: 'key-missing' },
      { title: 'Azure', code: 'key-missing' },
    ]);
    expect(lines).toMatchObject([
      { event: 'mcp.key-missing', server: 'atlan', names: ['ATLAN_API_KEY'] },
      { event: 'mcp.key-missing', server: 'azure', names: ['AZURE_CLIENT_ID'] },
    ]);
  });

  test('F26 a header has its key in its place, without the line break it was pasted with', async () => {
    const own = switchedOn({ ...wiki, headers: { 'X-Api-Key': 'v1 ${WIKI_KEY}', 'x-site': 'eu' } });
    expect(await headersOf(made(own, { WIKI_KEY: 'abc$&\n' }).servers[0])).toEqual({ 'x-api-key': 'v1 abc$&', 'x-site': 'eu' });
    expect(made(own, {})).toEqual({ servers: [], unusable: [{ title: 'Wiki', code: 'key-missing' }] });
  });

  test('one behind the gateway is not opened here, and its keys are not asked for', () => {
    const behind = switchedOn({ ...wiki, reads: [], headers: { authorization: 'Bearer ${WIKI_KEY}' }, via: 'gateway' });
    expect([made(behind, {}), toolKeysOf(behind)]).toEqual([{ servers: [], unusable: [] }, []]);
  });

  test('a program gets its own keys and is told to change nothing', () => {
    expect(made(known).servers.find(({ name }) => name === 'azure')?.transport).toMatchObject({
      args: expect.arrayContaining(['--read-only']),
      environment: { AZURE_CLIENT_SECRET: 'key of AZURE_CLIENT_SECRET' },
    });
  });

  test('AWS is told the worker’s region, and is not there without a role to look with', () => {
    const aws = switchedOn('aws=https://aws-mcp.eu-central-1.api.aws/mcp');
    expect(made(aws).servers).toMatchObject([{ metadata: { AWS_REGION: 'eu-central-1' }, transport: { kind: 'http' } }]);
    expect(configuredServers(aws, { secrets: {}, region: 'eu-central-1', path: '', log })).toEqual({
      servers: [],
      unusable: [{ title: 'AWS', code: 'key-missing' }],
    });
    expect(lines.at(-1)).toMatchObject({ event: 'mcp.key-missing', server: 'aws', names: ['AWS_READER_ROLE'] });
    expect(() => switchedOn('aws=https://aws-mcp.us-east-1.api.aws.example.com/mcp')).toThrow('MCP_SERVERS.0 is wrong');
  });

  test.each([
    ['github', 'search_code', false, false],
    ['github', 'create_issue', false, false],
    ['github', 'list_secret_scanning_alerts', false, true],
    ['splunk', 'splunk_run_query', false, false],
    ['splunk', 'splunk_get_indexes', true, false],
    ['azure', 'monitor', true, false],
    ['azure', 'azd', false, false],
    ['azure', 'keyvault', false, true],
    ['atlan', 'search_assets_tool', true, false],
    ['atlan', 'update_assets_tool', false, false],
    ['atlan', 'getaway', false, false],
    ['aws', 'aws___run_script', true, false],
    ['aws', 'aws___search_documentation', true, false],
    ['aws', 'aws___get_presigned_url', false, true],
    ['aws', 'aws___call_aws', true, false],
    ['aws', 'call_aws', false, false],
  ])('%s: %s is a read: %s, denied: %s', (name, tool, isRead, isDenied) => {
    const server = made(known).servers.find((one) => one.name === name);
    expect([server?.reads.has(tool), server?.isDenied(tool)]).toEqual([isRead, isDenied]);
  });

  test('R27 a list of reads is the whole list: what a server says of itself adds nothing to it', () => {
    const [listing, annotating] = made(
      switchedOn({ ...wiki, reads: ['find'], denies: ['drop', 'get_*_secret', 'a.b'] }, { ...wiki, name: 'more' }),
    ).servers;
    const kindFor = (server: typeof listing, name: string, readOnlyHint?: boolean) => {
      const annotations = { title: undefined, readOnlyHint, destructiveHint: undefined };
      return server && kindOf(server, { name, title: undefined, description: undefined, inputSchema: {}, annotations });
    };
    expect(['find', 'Find', 'find_all', 'look'].map((name) => kindFor(listing, name))).toEqual(['read', 'write', 'write', 'write']);
    expect([kindFor(listing, 'look', true), kindFor(annotating, 'look', true), kindFor(annotating, 'look')]).toEqual([
      'write',
      'read',
      'write',
    ]);
    const asked = ['drop', 'get_a_secret', 'get__secret', 'a.b', 'axb', 'drop_not', 'get_a_secret_x'];
    expect(asked.map((name) => listing?.isDenied(name))).toEqual([true, true, true, true, false, false, false]);
  });

  test('the gateway’s operations are judged with their target, and people read the system behind it', () => {
    const { reads, isDenied, systemOf } = gatewayServer('https://gateway.example.com/mcp', bearer('x'), []);
    const asked = [
      'pagerduty___listOnCalls',
      'jira___countIssues',
      'jira___createIssue',
      'listOnCalls',
      'jira___listOnCalls',
      'jira___getaway',
    ];
    expect(asked.map((tool) => reads.has(tool))).toEqual([true, true, false, false, false, false]);
    expect(isDenied('x_amz_bedrock_agentcore_search')).toBe(true);
    expect([systemOf?.('pagerduty___listOnCalls'), systemOf?.('other___x')]).toEqual(['PagerDuty', undefined]);
  });
});
