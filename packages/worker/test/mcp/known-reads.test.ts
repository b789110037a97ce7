import { readFileSync } from 'node:fs';
import { createLog } from '@vera/service-kit/log';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toolKeysOf } from '../../src/env.ts';
import { configuredServers } from '../../src/mcp/configured-servers.ts';
import { gatewayServer } from '../../src/mcp/gateway-server.ts';
import { knownReads } from '../../src/mcp/known-reads.ts';
import { knownServers } from '../../src/mcp/known-servers.ts';
import { bearer, type McpServer } from '../../src/mcp/mcp-server.ts';
import { kindOf } from '../../src/mcp/tool-policy.ts';
import cases from '../cases/tool-names.json' with { type: 'json' };

const url = 'https://tools.example.com/mcp';
const known = Object.values(knownServers).map((data) => (data.command ? data : { ...data, url }));
const parts = {
  secrets: Object.fromEntries(toolKeysOf(known).map((name) => [name, 'k'])),
  region: 'eu-central-1',
  asReader: () => bearer('k'),
  path: '',
  log: createLog({ service: 'worker', write: () => {} }),
};
const servers: readonly McpServer[] = [...configuredServers(known, parts).servers, gatewayServer(url, bearer('k'), [])];
const kindFor = (server: McpServer, name: string, readOnlyHint?: boolean) => {
  const annotations = { title: undefined, readOnlyHint, destructiveHint: undefined };
  return kindOf(server, { name, title: undefined, description: undefined, inputSchema: {}, annotations });
};

describe.each(servers.map((server) => [server.name, server] as const))('%s', (_, server) => {
  test.each(cases.notReadsUnlessAnnotatedOrListed)('R27 %s without an annotation is no read, whatever its name begins with', (name) => {
    expect(kindFor(server, name)).not.toBe('read');
    expect(kindFor(server, name, true)).toBe(server.trustsAnnotations ? 'read' : 'write');
  });

  test('R27 no name that only begins or ends like a read of its list is one', () => {
    const words = fc.constantFrom('get', 'list', 'search', 'find', 'or', 'and', 'create', 'delete', 'Update', 'assets', 'tool', '_', '___');
    const listed = fc.constantFrom(...server.reads, 'x');
    const near = fc.tuple(listed, words, fc.boolean()).map(([name, word, isBefore]) => (isBefore ? word + name : name + word));
    const made = fc.array(words, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(near, made), (name) => {
        fc.pre(!server.reads.has(name));
        expect(kindFor(server, name)).not.toBe('read');
      }),
    );
  });
});

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId?: string }>>>>;
}

test('what is read through the gateway are the GET operations of the documents behind it, and counting', () => {
  const operations = ['jira', 'confluence', 'pagerduty'].flatMap((target) => {
    const file = new URL(`../../../../stacks/gateway/schemas/${target}.json`, import.meta.url);
    const { paths } = JSON.parse(readFileSync(file, 'utf8')) as OpenApi;
    return Object.values(paths).flatMap((path) =>
      Object.entries(path).flatMap(([method, { operationId }]) =>
        operationId ? [{ name: `${target}___${operationId}`, isGet: method === 'get' }] : [],
      ),
    );
  });
  const gets = operations.filter(({ isGet }) => isGet).map(({ name }) => name);
  expect([...knownReads.gateway].sort()).toEqual([...gets, 'jira___countIssues'].sort());
  expect(operations.map(({ name }) => name)).toContain('jira___countIssues');
});
