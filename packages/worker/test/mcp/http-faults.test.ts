import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { McpServer as SdkServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { afterEach, describe, expect, test } from 'vitest';
import { type ReceivedRequest, startMcpServer } from './start-mcp-server.ts';
import { httpAt, startToolServers } from './start-tool-servers.ts';

const look = (server: SdkServer) => void server.registerTool('look', {}, () => ({ content: [{ type: 'text', text: 'Seen.' }] }));
const seen = { text: '<data from="Ops">\nSeen.\n</data>', isError: false, troubles: [] };

let intercept: (request: ReceivedRequest, response: ServerResponse) => boolean | Promise<boolean> = () => false;
afterEach(() => {
  intercept = () => false;
});

/** A server in trouble beside one that is well. */
async function start() {
  const sick = await startMcpServer({ tools: look, intercept: (request, response) => intercept(request, response) });
  const well = await startMcpServer({ tools: look });
  const worker = startToolServers([{ transport: httpAt(sick.url) }, { name: 'wiki', title: 'Wiki', transport: httpAt(well.url) }]);
  return {
    sick,
    ...worker,
    async [Symbol.asyncDispose]() {
      await Promise.all([worker[Symbol.asyncDispose](), sick[Symbol.asyncDispose](), well[Symbol.asyncDispose]()]);
    },
  };
}

const status =
  (code: number, body = 'xoxb-1-2 at arn:aws:iam::123456789012:role/x') =>
  (_: unknown, response: ServerResponse) =>
    void response.writeHead(code, { 'content-type': 'text/plain' }).end(body);
const json = (body: string) => (_: unknown, response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(body);
const stream = (feed: (response: ServerResponse) => unknown) => (_: unknown, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  feed(response);
};
const endless = stream(async (response) => {
  for (let count = 0; !response.destroyed; count += 1) {
    response.write(`event: message\ndata: {"jsonrpc":"2.0","method":"notifications/message","params":{"data":${count}}}\n\n`);
    await sleep(1);
  }
});
const frameWithoutEnd = stream(async (response) => {
  response.write('data: "');
  while (!response.destroyed) {
    response.write('x'.repeat(50_000));
    await sleep(1);
  }
});
const dies = (_: unknown, response: ServerResponse) => void response.destroy();
const silent = () => undefined;

type Fault = (request: ReceivedRequest, response: ServerResponse) => unknown;

function answeredBy(fault: Fault, request: ReceivedRequest, response: ServerResponse): true {
  fault(request, response);
  return true;
}

const faults: [string, Fault, string][] = [
  ['is silent', silent, 'Ops did not answer in time'],
  ['dies', dies, 'Ops could not be reached'],
  ['answers 401', status(401), 'Ops does not accept my key'],
  ['answers 403', status(403), 'Ops does not permit this'],
  ['answers 429', status(429), 'Ops has more requests than it takes at the moment'],
  ['answers 500', status(500), 'Ops has a problem of its own'],
  ['answers 503 with megabytes', status(503, 'x'.repeat(5_000_000)), 'Ops'],
  ['answers something else than MCP', json('{"hello": "world"}'), 'Ops sent something I cannot read'],
  ['answers what is no JSON', json('{"jsonrpc": "2.0", "id": 1, "res'), 'Ops sent something I cannot read'],
  [
    'answers a web page',
    (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
    'Ops sent something I cannot read',
  ],
  [
    'answers more than fits',
    json(`{"jsonrpc":"2.0","id":1,"result":{"tools":[],"x":"${'x'.repeat(300_000)}"}}`),
    'Ops sent more than I can take in',
  ],
  ['streams without end', endless, 'Ops did not answer in time'],
  ['streams a frame without end', frameWithoutEnd, 'Ops sent more than I can take in'],
  ['closes its stream without an answer', stream((response) => void response.end()), 'Ops did not answer in time'],
  [
    'sends the key elsewhere',
    (_, response) => void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
    'Ops could not be reached',
  ],
];

describe.each(faults)('a server that %s', (_, fault, words) => {
  test.each(['initialize', 'tools/list'])('on %s costs its own tools and a line, in bounded time', async (rpc) => {
    await using worker = await start();
    intercept = (request, response) => request.rpc === rpc && answeredBy(fault, request, response);
    const started = performance.now();
    const [names, [trouble, ...more]] = await worker.names();
    expect(names).toEqual(['wiki_look', 'read_more']);
    expect([trouble, more]).toEqual([expect.stringContaining(words), []]);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(await worker.call('wiki_look')).toMatchObject({ isError: false });
  });

  test('R23 in a call becomes words the model can read, without its own, and nothing is lost for the next', async () => {
    await using worker = await start();
    intercept = (request, response) => request.rpc === 'tools/call' && answeredBy(fault, request, response);
    const started = performance.now();
    const { text, isError, troubles } = await worker.call('ops_look');
    expect([text, isError]).toEqual([expect.stringContaining(words), true]);
    expect(text + troubles).not.toMatch(/xoxb|arn:aws|xxx/);
    expect(performance.now() - started).toBeLessThan(3_000);
    intercept = () => false;
    expect(await worker.call('ops_look')).toEqual(seen);
  });
});

test('a server that is not there costs its own tools and a line', async () => {
  await using well = await startMcpServer({ tools: look });
  await using worker = startToolServers([
    { transport: httpAt(new URL('http://127.0.0.1:9/mcp')) },
    { name: 'wiki', title: 'Wiki', transport: httpAt(well.url) },
  ]);
  expect(await worker.names()).toEqual([['wiki_look', 'read_more'], ['Ops could not be reached']]);
});

test('a slow server misses this question and is there for the next', async () => {
  await using slow = await startMcpServer({
    tools: look,
    intercept: async ({ rpc }) => {
      if (rpc === 'initialize') await sleep(300);
      return false;
    },
  });
  await using worker = startToolServers([{ transport: httpAt(slow.url), limits: { patienceMilliseconds: 100 } }]);
  expect(await worker.names()).toEqual([[], ['Ops did not answer in time']]);
  await expect.poll(() => slow.count('tools/list'), { timeout: 5_000 }).toBe(1);
  await sleep(50);
  expect(await worker.names()).toEqual([['ops_look', 'read_more'], []]);
  expect(slow.count('initialize')).toBe(1);
});

test('a lost session is opened again and the read made once more; the list is read anew', async () => {
  await using worker = await start();
  expect(await worker.call('ops_look')).toEqual(seen);
  worker.sick.sessions.clear();
  expect(await worker.call('ops_look')).toEqual(seen);
  expect([worker.sick.count('initialize'), worker.sick.count('tools/call')]).toEqual([2, 3]);
  worker.sick.sessions.clear();
  worker.pass(120_000);
  expect(await worker.call('ops_look')).toEqual(seen);
});

test('a server without a session for us at any time is asked twice, not for ever', async () => {
  await using worker = await start();
  intercept = (request, response) => request.rpc === 'tools/call' && answeredBy(status(404), request, response);
  expect(await worker.call('ops_look')).toMatchObject({ isError: true, text: 'Ops could not be reached. Say so in the answer.' });
  expect(worker.sick.count('tools/call')).toBe(2);
});

test('a server that keeps failing is left alone for a while, then tried with one call', async () => {
  await using worker = await start();
  const { tools } = await worker.offer();
  const { signal } = new AbortController();
  const call = async () => (await tools.find(({ name }) => name === 'ops_look')?.run({}, signal))?.text;
  intercept = (request, response) => request.rpc === 'tools/call' && answeredBy(status(500), request, response);
  for (let calls = 0; calls < 3; calls += 1) expect(await call()).toContain('a problem of its own');
  expect(await call()).toContain('is left alone for a moment');
  expect(worker.sick.count('tools/call')).toBe(3);
  worker.pass(31_000);
  expect(await call()).toContain('a problem of its own');
  expect(await call()).toContain('is left alone for a moment');
  intercept = () => false;
  worker.pass(31_000);
  expect(await call()).toContain('Seen.');
  expect(await call()).toContain('Seen.');
});

test('a call that is stopped ends at once, and the server learns of it', async () => {
  await using worker = await start();
  await worker.offer();
  intercept = ({ rpc }) => rpc === 'tools/call';
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 50);
  expect(await worker.call('ops_look', {}, stop.signal)).toMatchObject({ text: expect.stringContaining('was stopped'), troubles: [] });
  await expect.poll(() => worker.sick.count('notifications/cancelled')).toBe(1);
});
