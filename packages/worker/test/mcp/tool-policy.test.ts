import type { McpServer as SdkServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { describe, expect, test } from 'vitest';
import { kindOf, recoveryOf } from '../../src/mcp/tool-policy.ts';
import { startMcpServer } from './start-mcp-server.ts';
import { httpAt, serverOf, startToolServers } from './start-tool-servers.ts';

const transport = httpAt(new URL('http://127.0.0.1:9/mcp'));
const server = serverOf({
  transport,
  reads: new Set(['get_issue', 'get_and_drop', 'get_secret', 'get_or_create']),
  isDenied: (tool) => tool.includes('secret'),
});
const listed = (name: string, annotations?: { readOnlyHint?: boolean; destructiveHint?: boolean; idempotentHint?: boolean }) => ({
  name,
  inputSchema: {},
  title: undefined,
  description: undefined,
  ...(annotations
    ? { annotations: { title: undefined, readOnlyHint: undefined, destructiveHint: undefined, idempotentHint: undefined, ...annotations } }
    : {}),
});

describe('a tool', () => {
  test.each([
    ['get_issue', undefined, 'read'],
    ['look_up', { readOnlyHint: true }, 'read'],
    ['look_up', undefined, 'write'],
    ['look_up', {}, 'write'],
    ['look_up', { readOnlyHint: false }, 'write'],
    ['get_or_create', { readOnlyHint: false }, 'write'],
    ['get_and_drop', { readOnlyHint: true, destructiveHint: true }, 'write'],
    ['get_secret', undefined, 'denied'],
    ['secret', { readOnlyHint: true }, 'denied'],
  ] as const)('%s with %j is a %s', (name, annotations, kind) => {
    expect(kindOf(server, listed(name, annotations))).toBe(kind);
  });
});

test('R27 a tool that nobody classified, new after a server’s upgrade, counts as a write: not offered, or as the person who asked and after their yes', async () => {
  let isUpgraded = false;
  const tools = (sdk: SdkServer) => {
    const none = () => ({ content: [] });
    sdk.registerTool('get_issue', {}, none);
    sdk.registerTool('find', { annotations: { readOnlyHint: true } }, none);
    sdk.registerTool('get_secret', { annotations: { readOnlyHint: true } }, none);
    if (isUpgraded) for (const name of ['escalate', 'purge', 'Get_issue', 'forget_all']) sdk.registerTool(name, {}, none);
    if (isUpgraded) sdk.registerTool('get_or_create', { annotations: { readOnlyHint: false } }, none);
  };
  await using jira = await startMcpServer({ tools });
  const { reads, isDenied } = server;
  await using worker = startToolServers([{ transport: httpAt(jira.url), reads, isDenied }]);
  await using acting = startToolServers([{ transport: httpAt(jira.url), reads, isDenied, actsAs: 'github' }]);
  const before = await worker.names();
  expect(before).toEqual([['ops_find', 'ops_get_issue', 'read_more'], []]);
  isUpgraded = true;
  jira.sessions.clear();
  worker.pass(120_000);
  expect(await worker.names()).toEqual(before);
  expect(worker.lines.filter(({ event }) => event === 'mcp.offered').at(-1)).toMatchObject({ listed: 8, reads: 2, writes: 0 });
  const { tools: offered, ownTools, personTools } = await acting.offer();
  expect([...offered, ...ownTools].map(({ name }) => name)).toEqual(before[0]);
  expect(personTools.map(({ kind, provider }) => `${kind} ${provider}`)).toEqual(Array.from({ length: 5 }, () => 'write github'));
});

test.each([
  ['set_label', undefined, true, 'unknown'],
  ['set_label', { idempotentHint: true }, true, 'repeatable'],
  ['set_label', { idempotentHint: true }, false, 'unknown'],
  ['set_label', { idempotentHint: false }, true, 'unknown'],
  ['close_issue', undefined, false, 'repeatable'],
  ['close_issue_now', undefined, true, 'unknown'],
] as const)('%s, annotated %o and trusted %s, is %s after a crash', (name, annotations, trustsAnnotations, kind) => {
  const data = serverOf({ transport, reads: new Set(), repeatable: new Set(['close_issue']), trustsAnnotations });
  expect(recoveryOf(data, listed(name, annotations))).toEqual({ kind });
});
