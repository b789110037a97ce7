import { createLog } from '@vera/service-kit/log';
import { readEnv } from '@vera/service-kit/read-env';
import { describe, expect, test } from 'vitest';
import { workerEnv } from '../../src/env.ts';
import { catalogue, configuredServers, gateway } from '../../src/mcp/catalogue.ts';
import { bearer } from '../../src/mcp/mcp-server.ts';
import { toolSecrets } from '../../src/secrets.ts';

const least = { SECRET_ID: 'vera/worker', LEDGER_TABLE: 'ledger', COMPANY_NAME: 'Northwind', MODEL_ID: 'us.anthropic.claude-sonnet-5-5' };
const switchedOn = (text: string) => readEnv(workerEnv, { ...least, MCP_SERVERS: text }).MCP_SERVERS;

describe('MCP_SERVERS', () => {
  test('names what is on, with addresses; nothing is on by itself', () => {
    expect(readEnv(workerEnv, least).MCP_SERVERS).toEqual([]);
    expect(switchedOn('')).toEqual([]);
    expect(switchedOn(' github, splunk=https://splunk.example.com:8089/services/mcp?a=b ,azure')).toEqual([
      { name: 'github' },
      { name: 'splunk', url: 'https://splunk.example.com:8089/services/mcp?a=b' },
      { name: 'azure' },
    ]);
    expect(switchedOn('atlan=http://127.0.0.1:4000/mcp')).toEqual([{ name: 'atlan', url: 'http://127.0.0.1:4000/mcp' }]);
  });

  test.each([
    'gitlab',
    'github,github',
    'atlan',
    'splunk=http://splunk.example.com',
    'github=nowhere',
    'constructor',
    'github=file:///etc/passwd',
  ])('%s is refused at the start', (text) => {
    expect(() => switchedOn(text)).toThrow('MCP_SERVERS is wrong');
  });
});

describe('servers', () => {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ service: 'worker', write: (line) => lines.push(JSON.parse(line)) });
  const all = switchedOn('github,atlan=https://atlan.example.com/mcp,splunk=https://splunk.example.com/mcp,azure,aws');
  const parts = { region: 'eu-central-1', log, asReader: () => bearer('signed') };
  const keys = Object.fromEntries([...Object.keys(toolSecrets.shape), 'AWS_READER_ROLE'].map((name) => [name, `key of ${name}`]));

  test('are made of the catalogue, names fit for aliases, keys of the secret', () => {
    const { servers, unusable } = configuredServers(all, keys, parts);
    expect([servers.map(({ name }) => name), unusable]).toEqual([['github', 'atlan', 'splunk', 'azure', 'aws'], []]);
    for (const { name } of servers) expect(name).toMatch(/^[a-z][a-z0-9]*$/);
    expect(
      Object.values(catalogue)
        .flatMap((entry) => entry.keys)
        .sort(),
    ).toEqual(Object.keys(keys).sort());
  });

  test('a missing key costs that server: the log names the key, the answer the server', () => {
    const { servers, unusable } = configuredServers(all, { ...keys, ATLAN_API_KEY: '', AZURE_CLIENT_ID: undefined }, parts);
    expect(servers.map(({ name }) => name)).toEqual(['github', 'splunk', 'aws']);
    expect(unusable).toEqual(['Atlan is switched on, but its key is not set up', 'Azure is switched on, but its key is not set up']);
    expect(lines).toMatchObject([
      { event: 'mcp.key-missing', server: 'atlan', names: ['ATLAN_API_KEY'] },
      { event: 'mcp.key-missing', server: 'azure', names: ['AZURE_CLIENT_ID'] },
    ]);
  });

  test('a program gets its own keys and is told to change nothing', () => {
    const { servers } = configuredServers(all, keys, parts);
    expect(servers.find(({ name }) => name === 'azure')?.transport).toMatchObject({
      args: expect.arrayContaining(['--read-only']),
      environment: { AZURE_CLIENT_SECRET: 'key of AZURE_CLIENT_SECRET' },
    });
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
    ['aws', 'aws___call_aws', false, false],
    ['aws', 'call_aws', false, false],
  ])('%s: %s is a read: %s, denied: %s', (name, tool, isRead, isDenied) => {
    const server = configuredServers(all, keys, parts).servers.find((one) => one.name === name);
    expect([server?.reads.has(tool), server?.isDenied(tool)]).toEqual([isRead, isDenied]);
  });

  test('the gateway’s operations are judged with their target, and people read the system behind it', () => {
    const { reads, isDenied, systemOf } = gateway('https://gateway.example.com/mcp', bearer('x'));
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
