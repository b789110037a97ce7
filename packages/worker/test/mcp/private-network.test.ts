import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLog } from '@vera/service-kit/log';
import { describe, expect, test } from 'vitest';
import { configuredServers } from '../../src/mcp/configured-servers.ts';
import { guardedFetch, isReachable } from '../../src/mcp/guarded-fetch.ts';
import { startToolServers } from './start-tool-servers.ts';

describe('an address', () => {
  test.each([
    '127.0.0.1',
    '127.8.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '224.0.0.1',
    '::1',
    '::',
    'fd12::1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::10.0.0.1',
    '64:ff9b::c0a8:101',
    '::10.0.0.1',
    '::ffff:0:10.0.0.1',
    '2001:0:a00:1::1',
    '2002:a00:1::1',
    'ff02::1',
    'fec0::1',
  ])('%s is of a private network: reached only where the settings allow it', (address) => {
    expect([isReachable(address, false), isReachable(address, true)]).toEqual([false, true]);
  });

  test.each([
    '169.254.169.254',
    '169.254.170.2',
    'fe80::1',
    'fe80::1%eth0',
    'fd00:ec2::254',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '::169.254.169.254',
    'fd00:ec2::23',
    '',
    'no address',
  ])('%s holds the machine’s credentials: never reached', (address) => {
    expect([isReachable(address, false), isReachable(address, true)]).toEqual([false, false]);
  });

  test.each(['1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::808:808'])(
    '%s is public',
    (address) => {
      expect(isReachable(address, false)).toBe(true);
    },
  );
});

test('a name that leads to this machine gets nothing sent, whatever the name was when the settings were read', async () => {
  const received: unknown[] = [];
  const http = createServer((request, response) => {
    received.push(request.headers);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const data = {
    name: 'ops',
    url: `http://localhost:${port}/mcp`,
    reads: 'annotated' as const,
    headers: { authorization: 'Bearer ${KEY}' },
  };
  const parts = { secrets: { KEY: 'k' }, region: 'eu-central-1', path: '', log: createLog({ service: 'worker', write: () => {} }) };
  await using worker = startToolServers(configuredServers([data], parts).servers);
  expect(await worker.names()).toEqual([[], ['Ops leads into a private network, which its settings do not allow']]);
  // Asked for at the place that a server names, as it may for its tokens.
  await expect(guardedFetch(false)(`http://127.0.0.1:${port}/latest/meta-data`)).rejects.toMatchObject({ code: 'not-public' });
  expect(received).toEqual([]);
  expect(await (await guardedFetch(true)(`http://127.0.0.1:${port}/`)).json()).toEqual({});
  http.closeAllConnections();
  http.close();
});
