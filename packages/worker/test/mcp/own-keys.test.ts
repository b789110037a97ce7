import { createLog } from '@vera/service-kit/log';
import { expect, test } from 'vitest';
import { serversOf } from '../../src/env.ts';
import { configuredServers } from '../../src/mcp/configured-servers.ts';
import { startMcpServer } from './start-mcp-server.ts';
import { httpAt, startToolServers } from './start-tool-servers.ts';

test('a server that says its key again is not quoted with it: in a result, an error or a list', async () => {
  const key = 'plain"key-without-a-form';
  await using hub = await startMcpServer({
    tools(sdk) {
      const say = (text: string) => ({ content: [{ type: 'text' as const, text }] });
      sdk.registerTool('look', { description: `Opens with ${key}` }, ({ requestInfo }) =>
        say(`You sent ${requestInfo?.headers['x-hub']}.`),
      );
      sdk.registerTool('throw', {}, () => {
        throw new Error(`Broken: ${key}`);
      });
      sdk.registerTool('fail', {}, () => ({ ...say(`Refused: ${key}`), isError: true }));
    },
  });
  const entry = {
    name: 'hub',
    url: hub.url.href,
    privateNetwork: true,
    reads: ['look', 'fail', 'throw'],
    headers: { 'X-Hub': 'v1 ${HUB_KEY}' },
  };
  const parts = { secrets: { HUB_KEY: key }, region: 'eu-central-1', path: '', log: createLog({ service: 'worker', write: () => {} }) };
  await using worker = startToolServers(configuredServers(serversOf([entry]), parts).servers);
  const { tools } = await worker.offer();
  const said = [
    JSON.stringify(tools),
    (await worker.call('hub_look')).text,
    (await worker.call('hub_fail')).text,
    (await worker.call('hub_throw')).text,
  ];
  expect(hub.requests.every(({ headers }) => headers['x-hub'] === `v1 ${key}`)).toBe(true);
  expect(said[1]).toContain('You sent v1 [redacted].');
  for (const text of [...said, JSON.stringify(worker.lines)]) expect(text).not.toContain('key-without-a-form');
});

test('nor with a token that was fetched meanwhile, old or new; a number stays one', async () => {
  await using hub = await startMcpServer({
    tools(sdk) {
      sdk.registerTool('look', {}, ({ requestInfo }) => ({
        content: [{ type: 'text', text: `You sent ${requestInfo?.headers.authorization}, before fetched-token-1.` }],
        structuredContent: { count: 1234567 },
      }));
    },
  });
  let fetched = 0;
  const authorization = {
    headers: async () => {
      fetched += 1;
      return { authorization: `Bearer fetched-token-${fetched}` };
    },
  };
  await using worker = startToolServers([{ transport: httpAt(hub.url, authorization), keys: ['123456'] }]);
  const { text } = await worker.call('ops_look');
  expect(text).toContain('You sent Bearer [redacted], before [redacted].');
  expect(fetched).toBeGreaterThan(1);
});
