import { createLog } from '@vera/service-kit/log';
import { expect, test } from 'vitest';
import { serversOf } from '../../src/env.ts';
import { describeServers } from '../../src/mcp/describe-servers.ts';
import { startMcpServer } from './start-mcp-server.ts';

const log = createLog({ service: 'vera', write: () => {} });
const parts = { secrets: {}, region: 'eu-central-1', path: '', log };
const none = () => ({ content: [] });

test('tells of each tool what becomes of it and why, and of each server that cannot be used why', async () => {
  await using hub = await startMcpServer({
    tools(sdk) {
      sdk.registerTool('find', { annotations: { readOnlyHint: true } }, none);
      sdk.registerTool('create', {}, none);
      sdk.registerTool('drop_all', { annotations: { readOnlyHint: true } }, none);
      sdk.registerTool('createConfluencePageWithAttachmentsAndPermissionsForEverybodyInTheSpace', {}, none);
    },
    intercept: () => false,
  });
  const url = hub.url.href;
  const data = serversOf([
    { name: 'hub', url, privateNetwork: true, reads: 'annotated', denies: ['drop_*'], actsAs: 'github', headers: { 'x-a': 'b' } },
    { name: 'inside', url: 'http://localhost:1/mcp', reads: 'annotated', privateNetwork: true },
    { name: 'keyless', url, reads: [], headers: { 'x-key': '${KEYLESS}' } },
    { name: 'own', url, privateNetwork: true, reads: [], actsAs: 'atlassian' },
    { name: 'behind', url, reads: [], via: 'gateway' },
  ]);
  const { servers, fits } = await describeServers(data, parts);
  expect(servers.map(({ name, failure, note }) => [name, failure?.split(' (')[0] ?? note])).toEqual([
    ['hub', undefined],
    ['inside', 'Inside could not be reached'],
    ['own', 'it is used as the person who asks, and lists what that person may do'],
    ['keyless', 'it is not opened: KEYLESS missing'],
    ['behind', 'it stands behind the gateway'],
  ]);
  expect(servers[0]?.tools).toMatchObject([
    { name: 'find', alias: 'hub_find', kind: 'read', because: 'the server says that it only reads', offered: 'as it is' },
    { name: 'create', kind: 'write', because: 'nobody says that it only reads', offered: 'as the person, after their yes' },
    { name: 'drop_all', kind: 'denied', because: 'on the list of denies', offered: 'not' },
    { name: expect.stringMatching(/^createConfluence/), alias: expect.stringMatching(/^hub_createConfluence.*_[0-9a-f]{12}$/) },
  ]);
  expect(fits).toBe(true);
});

test('five hundred tools of one server are told, as is that they do not fit', async () => {
  await using many = await startMcpServer({
    tools(sdk) {
      for (let index = 0; index < 500; index += 1) sdk.registerTool(`tool_${index}`, { annotations: { readOnlyHint: true } }, none);
    },
  });
  const [entry] = serversOf([{ name: 'many', url: many.url.href, privateNetwork: true, reads: 'annotated' }]);
  const { servers, fits } = await describeServers(entry ? [entry] : [], parts);
  expect([servers[0]?.tools.filter(({ offered }) => offered === 'as it is').length, fits]).toEqual([500, false]);
});
