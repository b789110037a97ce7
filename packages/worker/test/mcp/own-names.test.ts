import { createLog } from '@vera/service-kit/log';
import { expect, test } from 'vitest';
import { serversOf } from '../../src/env.ts';
import { configuredServers } from '../../src/mcp/configured-servers.ts';
import { startMcpServer } from './start-mcp-server.ts';
import { startToolServers } from './start-tool-servers.ts';

const long = 'ConfluencePageWithAttachmentsAndPermissionsForTheWholeSpaceOfATeam';
const names = [`get${long}`, `create${long}`, `delete${long}`, 'search'];

test('F28 reads and denies are matched against the server’s own names, however the model knows them, and each call reaches its own tool', async () => {
  const tools: Parameters<typeof startMcpServer>[0]['tools'] = (sdk) => {
    for (const name of names) sdk.registerTool(name, {}, () => ({ content: [{ type: 'text', text: `This was ${name}.` }] }));
  };
  await using one = await startMcpServer({ tools });
  await using two = await startMcpServer({ tools });
  const common = { privateNetwork: true, reads: [`get${long}`, `delete${long}`, 'search'], denies: [`delete${long}`] };
  const entries = serversOf([
    { ...common, name: 'one', url: one.url.href },
    { ...common, name: 'two', url: two.url.href },
  ]);
  const parts = { secrets: {}, region: 'eu-central-1', path: '', log: createLog({ service: 'worker', write: () => {} }) };
  await using worker = startToolServers(configuredServers(entries, parts).servers);
  const [offered] = await worker.names();
  expect(offered).toEqual([
    expect.stringMatching(/^one_getConfluencePage.*_[0-9a-f]{12}$/),
    'one_search',
    expect.stringMatching(/^two_getConfluencePage.*_[0-9a-f]{12}$/),
    'two_search',
    'read_more',
  ]);
  for (const name of offered.slice(0, 4)) {
    const own = name.endsWith('search') ? 'search' : `get${long}`;
    expect((await worker.call(name)).text).toContain(`This was ${own}.`);
  }
  expect([one.count('tools/call'), two.count('tools/call')]).toEqual([2, 2]);
});
