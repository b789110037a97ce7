import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startMcpServer } from './start-mcp-server.ts';
import { httpAt, startToolServers } from './start-tool-servers.ts';

// Cases from outside: B19-cursor-that-stays, B22-initialized-refused, B23-results, B24-error-32000.
type Answer = { readonly status?: number; readonly type?: string; readonly body: string };
const json = (message: object): Answer => ({ body: JSON.stringify(message) });

/** A server of the official library of which one method is answered otherwise. */
async function start(rpc: string, answer: (id: unknown, body: string) => Answer | Promise<Answer>) {
  const server = await startMcpServer({
    tools: (sdk) => void sdk.registerTool('look', {}, () => ({ content: [{ type: 'text', text: 'seen' }] })),
    async intercept(request, response) {
      if (request.rpc !== rpc) return false;
      const { status = 200, type = 'application/json', body } = await answer(request.id, request.body);
      response.writeHead(status, { 'content-type': type }).end(body);
      return true;
    },
  });
  const worker = startToolServers([{ transport: httpAt(server.url) }]);
  return {
    server,
    ...worker,
    /** The same call so often that a breaker would have opened. */
    async callOften() {
      const outputs = [];
      for (let times = 0; times < 5; times += 1) outputs.push(await worker.call('ops_look'));
      expect(new Set(outputs.map(({ text }) => text)).size).toBe(1);
      expect(outputs.flatMap(({ troubles }) => troubles)).toEqual([]);
      return outputs[0]!;
    },
    async [Symbol.asyncDispose]() {
      await worker[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe('B24 an application error', () => {
  test.each([
    [-32000, 'You may not see project PAY'],
    [-32000, 'Connection closed'],
    [-32001, 'Request timed out'],
    [-32042, 'Open this page first'],
    [-32099, 'No more'],
    [-32603, 'Internal error'],
    [404, 'No such project'],
  ])('%d “%s” is the server’s own words to the model: no outage, no breaker', async (code, message) => {
    await using worker = await start('tools/call', (id) => json({ jsonrpc: '2.0', id, error: { code, message } }));
    const { text, isError } = await worker.callOften();
    expect([isError, text]).toEqual([true, `Ops refused this call: <data from="Ops">\n${message}\n</data>`]);
  });

  test('`isError` is one as well', async () => {
    await using worker = await start('tools/call', (id) =>
      json({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: 'No such board' }], isError: true } }),
    );
    expect(await worker.callOften()).toMatchObject({ isError: true, text: expect.stringContaining('No such board') });
  });
});

describe('B23 a result that is not what MCP says', () => {
  test.each([
    [{ content: null, structuredContent: { a: 1 } }, '{"a":1}'],
    [{ content: [{ type: 'text', text: 'x' }], isError: null }, 'x'],
    [{ content: 'plain' }, 'plain'],
    [{ toolResult: { a: 1 } }, '{"a":1}'],
    [{ content: [], structuredContent: null }, '(The tool returned nothing.)'],
    [{ content: { type: 'text', text: 'y' } }, 'y'],
    [{ content: ['one', { type: 'text', text: 'two' }] }, 'one\n\ntwo'],
    [{ rows: [1, 2] }, '(The tool returned nothing.)'],
  ])('%j is read as far as it can be', async (result, text) => {
    await using worker = await start('tools/call', (id) => json({ jsonrpc: '2.0', id, result }));
    expect(await worker.callOften()).toMatchObject({ isError: false, text: expect.stringContaining(text) });
  });

  test.each([['application/json'], ['text/event-stream']])('no object at all (%s) is one call’s matter', async (type) => {
    for (const result of ['plain', null, [1]]) {
      await using worker = await start('tools/call', (id) => {
        const message = JSON.stringify({ jsonrpc: '2.0', id, result });
        return { type, body: type === 'text/event-stream' ? `event: message\ndata: ${message}\n\n` : message };
      });
      const { text, isError } = await worker.callOften();
      expect([isError, text]).toEqual([true, 'Ops sent something I cannot read in answer to this call. Say so in the answer.']);
    }
  });

  test('anything JSON can say as content costs no breaker', async () => {
    let content: unknown;
    await using worker = await start('tools/call', (id) => json({ jsonrpc: '2.0', id, result: { content } }));
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        content = value;
        expect((await worker.call('ops_look')).troubles).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('opening', () => {
  test.each([400, 404, 405, 500])('B22 `notifications/initialized` refused with %d costs nothing', async (status) => {
    await using worker = await start('notifications/initialized', () => ({ status, body: '' }));
    expect(await worker.names()).toEqual([['ops_look', 'read_more'], []]);
    expect(await worker.call('ops_look')).toMatchObject({ isError: false });
  });

  test.each([[{ name: 'x' }], [{}], [undefined], [{ name: 'x', version: null }]])('B22 serverInfo %j costs nothing', async (serverInfo) => {
    await using worker = await start('initialize', (id) =>
      json({ jsonrpc: '2.0', id, result: { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo } }),
    );
    // This server has opened no session, so all the rest is refused: what counts is that the connection stands.
    await worker.names();
    expect(worker.lines.map(({ event }) => event)).toContain('mcp.opened');
  });
});

describe('B19 a cursor that leads nowhere', () => {
  test.each([
    ['stays', ['8', '8', '8']],
    ['goes round in a circle', ['a', 'b', 'a', 'b']],
    ['is empty', ['']],
    ['is no text', [7]],
    ['is null', [null]],
  ])('that %s: the tools that came are offered', async (_, cursors) => {
    let page = 0;
    await using worker = await start('tools/list', (id) => {
      const nextCursor = cursors[page % cursors.length];
      page += 1;
      return json({ jsonrpc: '2.0', id, result: { tools: [{ name: 'look', inputSchema: { type: 'object' } }], nextCursor } });
    });
    expect(await worker.names()).toEqual([['ops_look', 'read_more'], []]);
    expect(page).toBeLessThanOrEqual(3);
  });
});
