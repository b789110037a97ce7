import { setTimeout as sleep } from 'node:timers/promises';
import type { McpServer as SdkServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { startMcpServer } from './start-mcp-server.ts';
import { httpAt, startToolServers } from './start-tool-servers.ts';

const onCall = (server: SdkServer) =>
  void server.registerTool(
    'who_is_on_call',
    { title: 'Who is on call', description: 'Tells who is on call', inputSchema: { team: z.string() } },
    ({ team }) => ({ content: [{ type: 'text', text: `Bob is on call for ${team}.` }] }),
  );

describe('a server of tools', () => {
  test('is opened with the first question, its tools have names and titles, and a call is answered as data', async () => {
    await using server = await startMcpServer({ tools: onCall });
    await using worker = startToolServers([{ transport: httpAt(server.url) }]);
    expect(server.requests).toEqual([]);
    const { tools, ownTools, troubles } = await worker.offer();
    expect([...tools, ...ownTools].map(({ name, title, description }) => [name, title, description])).toEqual([
      ['ops_who_is_on_call', 'Ops: Who is on call', 'Ops: Tells who is on call'],
      ['read_more', 'Reading on', expect.any(String)],
    ]);
    expect(tools[0]?.inputSchema).toMatchObject({ type: 'object', properties: { team: { type: 'string' } }, required: ['team'] });
    expect(await worker.call('ops_who_is_on_call', { team: 'payments' })).toEqual({
      text: '<data from="Ops">\nBob is on call for payments.\n</data>',
      isError: false,
      troubles: [],
    });
    expect(troubles()).toEqual([]);
    await sleep(50);
    expect(server.count('notifications/cancelled')).toBe(0);
    expect(server.requests.every(({ headers }) => headers.authorization === 'Bearer key-1')).toBe(true);
  });

  test('stays open: the next questions list and open nothing anew, and questions at once open it once', async () => {
    await using server = await startMcpServer({ tools: onCall });
    await using worker = startToolServers([{ transport: httpAt(server.url) }]);
    await Promise.all([worker.offer(), worker.offer(), worker.offer()]);
    await worker.call('ops_who_is_on_call', { team: 'web' });
    expect([server.count('initialize'), server.count('tools/list'), server.count('tools/call')]).toEqual([1, 1, 1]);
  });
});
