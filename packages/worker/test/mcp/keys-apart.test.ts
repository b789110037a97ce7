import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { bearer } from '../../src/mcp/mcp-server.ts';
import { startMcpServer } from './start-mcp-server.ts';
import { httpAt, startToolServers } from './start-tool-servers.ts';

const tools = (server: Parameters<Parameters<typeof startMcpServer>[0]['tools']>[0]) =>
  void server.registerTool('look', {}, () => ({ content: [{ type: 'text', text: 'seen' }] }));

test('a server sees its own key, and that of no other', async () => {
  await using one = await startMcpServer({ tools });
  await using other = await startMcpServer({ tools });
  await using worker = startToolServers([
    { name: 'one', transport: httpAt(one.url, bearer('key-of-one')) },
    { name: 'other', transport: httpAt(other.url, bearer('key-of-other')) },
  ]);
  await worker.call('one_look');
  await worker.call('other_look');
  const seen = ({ requests }: typeof one) => [...new Set(requests.map(({ headers }) => headers.authorization))];
  expect([seen(one), seen(other)]).toEqual([['Bearer key-of-one'], ['Bearer key-of-other']]);
  expect(JSON.stringify(one.requests)).not.toContain('key-of-other');
});

test('a server cannot send a request on to another address, with or without a key', async () => {
  const reached: string[] = [];
  const inside = createServer((request, response) => {
    reached.push(`${request.method} ${request.headers.authorization}`);
    response.end('{}');
  });
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
  const location = `http://127.0.0.1:${(inside.address() as AddressInfo).port}/inside`;
  for (const status of [301, 302, 303, 307, 308]) {
    await using hostile = await startMcpServer({
      tools,
      intercept(_, response) {
        response.writeHead(status, { location }).end();
        return true;
      },
    });
    await using worker = startToolServers([{ transport: httpAt(hostile.url) }]);
    expect(await worker.names()).toEqual([[], [expect.stringContaining('Ops')]]);
  }
  inside.close();
  expect(reached).toEqual([]);
});
