import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { type ReceivedRequest, startMcpServer } from './start-mcp-server.ts';
import { httpAt, startToolServers } from './start-tool-servers.ts';

type Page = { tools: unknown[]; nextCursor?: string };

/** A server whose list is these pages, told by cursor. */
const startPages = (pageOf: (cursor: string | undefined) => Page) =>
  startMcpServer({
    tools: (server) => void server.registerTool('any', {}, () => ({ content: [] })),
    intercept(request: ReceivedRequest, response: ServerResponse) {
      if (request.rpc !== 'tools/list') return false;
      const result = pageOf(JSON.parse(request.body).params?.cursor);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id: request.id, result }));
      return true;
    },
  });
const named = (name: string, more = {}) => ({ name, inputSchema: { type: 'object' }, ...more });

test('all pages are read, each name once, in an order that does not depend on the server’s', async () => {
  const pages: Record<string, Page> = {
    '': { tools: [named('b'), named('d')], nextCursor: 'two' },
    two: { tools: [named('a'), named('b', { description: 'again' })], nextCursor: 'three' },
    three: { tools: [named('c')] },
  };
  await using server = await startPages((cursor = '') => pages[cursor] ?? { tools: [] });
  await using worker = startToolServers([{ transport: httpAt(server.url) }]);
  expect(await worker.names()).toEqual([['ops_a', 'ops_b', 'ops_c', 'ops_d', 'read_more'], []]);
});

test('a list without end is no list', async () => {
  let count = 0;
  await using server = await startPages(() => ({ tools: [named(`tool${count++}`)], nextCursor: `next${count}` }));
  await using worker = startToolServers([{ transport: httpAt(server.url) }]);
  expect(await worker.names()).toEqual([[], ['Ops sent more than I can take in']]);
  expect(count).toBeLessThanOrEqual(50);
});

test('many large pages are bounded together', async () => {
  let page = 0;
  await using server = await startPages(() => ({ tools: [named('a', { description: 'x'.repeat(90_000) })], nextCursor: `${++page}` }));
  await using worker = startToolServers([{ transport: httpAt(server.url) }]);
  expect(await worker.names()).toEqual([[], ['Ops sent more than I can take in']]);
  expect(server.count('tools/list')).toBe(3);
});

test('all of five hundred tools are offered, always in the same order', async () => {
  await using server = await startPages(() => ({ tools: Array.from({ length: 500 }, (_, index) => named(`t${String(999 - index)}`)) }));
  await using worker = startToolServers([{ transport: httpAt(server.url) }]);
  const [names] = await worker.names();
  expect(names).toEqual([...Array.from({ length: 500 }, (_, index) => `ops_t${500 + index}`), 'read_more']);
});

test('what is no tool, or has an input Bedrock would refuse, costs itself and no other', async () => {
  const odd = [7, null, {}, { name: '' }, named('array', { inputSchema: { type: 'array' } }), named('text', { inputSchema: 'x' })];
  await using server = await startPages(() => ({ tools: [...odd, named('good', { title: 7, annotations: 'x', description: 9 })] }));
  await using worker = startToolServers([{ transport: httpAt(server.url) }]);
  expect(await worker.names()).toEqual([['ops_good', 'read_more'], []]);
  expect(worker.lines.filter(({ event }) => event === 'mcp.tool-left-out').map(({ tool }) => tool)).toEqual(['array', 'text']);
});

test('names that Bedrock refuses are offered under others, and called by their own', async () => {
  const called: string[] = [];
  const long = `jira___${'x'.repeat(80)}`;
  await using server = await startMcpServer({
    tools: (sdk) => {
      for (const name of [long, 'board.list'])
        sdk.registerTool(name, {}, () => ({ content: [{ type: 'text', text: `${called.push(name)}` }] }));
    },
  });
  await using worker = startToolServers([{ transport: httpAt(server.url) }]);
  const [[first = '', second = '']] = await worker.names();
  expect([first, second]).toEqual([
    expect.stringMatching(/^ops_board_list_[0-9a-f]{12}$/),
    expect.stringMatching(/^ops_jira___x+_[0-9a-f]{12}$/),
  ]);
  await worker.call(first);
  await worker.call(second);
  expect(called).toEqual(['board.list', long]);
});
