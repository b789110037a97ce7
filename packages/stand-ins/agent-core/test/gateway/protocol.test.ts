import { describe, expect, it } from 'vitest';
import { post, startGateway } from './gateway-setup.ts';
import { connectMcp } from './mcp-client.ts';

const initialize = (protocolVersion: string) => ({
  method: 'initialize',
  params: { protocolVersion, capabilities: {}, clientInfo: { name: 'test', version: '1' } },
});

describe('versions of the protocol', () => {
  it('are negotiated: the one asked for, or else the newest with a handshake', async () => {
    await using system = await startGateway();
    const answered = async (asked: string) => {
      const { result } = (await (await post(system.gateway.mcpUrl, initialize(asked))).json()) as { result: { protocolVersion: string } };
      return result.protocolVersion;
    };
    expect(await answered('2025-03-26')).toBe('2025-03-26');
    expect(await answered('2025-06-18')).toBe('2025-06-18');
    expect(await answered('2024-11-05')).toBe('2025-11-25');
    expect(await answered('2026-07-28')).toBe('2025-11-25');
  });

  it('that the gateway was not created with are refused', async () => {
    await using system = await startGateway({ supportedVersions: ['2025-06-18'] });
    const response = await post(system.gateway.mcpUrl, { method: 'tools/list' }, { 'mcp-protocol-version': '2025-11-25' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: -32022, data: { supported: ['2025-06-18'], requested: '2025-11-25' } } });
    await using mcp = await connectMcp(system.gateway.mcpUrl);
    expect(mcp.transport.protocolVersion).toBe('2025-06-18');
    expect((await mcp.client.listTools()).tools).toHaveLength(3);
  });

  it('2026-07-28 goes without a handshake, and its headers say what the body says', async () => {
    await using system = await startGateway();
    const version = '2026-07-28';
    const send = (method: string, params: object, headers: Record<string, string>) =>
      post(
        system.gateway.mcpUrl,
        { method, params: { ...params, _meta: { 'io.modelcontextprotocol/protocolVersion': version } } },
        { 'mcp-protocol-version': version, ...headers },
      );
    const discovered = await (await send('server/discover', {}, { 'mcp-method': 'server/discover' })).json();
    expect(discovered).toMatchObject({ result: { resultType: 'complete', supportedVersions: expect.arrayContaining([version]) } });
    const name = 'weather___getForecast';
    const call = { name, arguments: { city: 'Cork' } };
    expect(await (await send('tools/call', call, { 'mcp-method': 'tools/call', 'mcp-name': name })).json()).toMatchObject({
      result: { isError: false },
    });
    for (const headers of [{}, { 'mcp-method': 'tools/list' }, { 'mcp-method': 'tools/call', 'mcp-name': 'another' }]) {
      const response = await send('tools/call', call, headers as Record<string, string>);
      expect([response.status, await response.json()]).toMatchObject([400, { error: { code: -32020 } }]);
    }
    const handshake = await send('initialize', {}, { 'mcp-method': 'initialize' });
    expect(await handshake.json()).toMatchObject({ error: { code: -32601 } });
  });
});

describe('sessions', () => {
  it('are given by initialize, end by DELETE, by time and by loss; then the answer is 404', async () => {
    await using system = await startGateway({ sessionSeconds: 900 });
    const open = async () => (await connectMcp(system.gateway.mcpUrl)).client;
    const first = await open();
    expect((await first.listTools()).tools).toHaveLength(3);
    await system.clock.advance(900_000);
    await expect(first.listTools()).rejects.toMatchObject({ code: 404 });
    const second = await open();
    system.gateway.endSessions();
    await expect(second.ping()).rejects.toMatchObject({ code: 404 });
    await using third = await connectMcp(system.gateway.mcpUrl);
    await third.transport.terminateSession();
    const unknown = await post(system.gateway.mcpUrl, { method: 'ping' }, { 'mcp-session-id': 'never-given' });
    expect(unknown.status).toBe(404);
  });

  it('are not needed: a request without one is answered', async () => {
    await using system = await startGateway();
    expect((await post(system.gateway.mcpUrl, { method: 'ping' })).status).toBe(200);
  });
});

describe('requests the gateway turns away', () => {
  it.each([
    ['no JSON', '{', 400, -32700],
    ['a batch', '[]', 400, -32600],
    ['another JSON-RPC', '{"jsonrpc":"1.0","id":1,"method":"ping"}', 400, -32600],
    ['params that are a list', '{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}', 400, -32600],
    ['a method nobody knows', '{"jsonrpc":"2.0","id":1,"method":"prompts/list"}', 200, -32601],
    ['a tool nobody knows', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"weather___x"}}', 200, -32602],
    ['a call without a name', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}', 200, -32602],
  ])('%s', async (_, body, status, code) => {
    await using system = await startGateway();
    const response = await post(system.gateway.mcpUrl, body);
    expect([response.status, await response.json()]).toMatchObject([status, { error: { code } }]);
  });

  it('wrong types, wrong methods, elsewhere, too much, and pages of elsewhere', async () => {
    await using system = await startGateway();
    const { mcpUrl, url } = system.gateway;
    const ping = { method: 'ping' };
    expect((await post(mcpUrl, ping, { accept: 'application/json' })).status).toBe(406);
    expect((await post(mcpUrl, ping, { accept: '*/*' })).status).toBe(200);
    expect((await post(mcpUrl, ping, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post(mcpUrl, ping, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post(mcpUrl, { ...ping, params: { much: 'x'.repeat(6 * 1024 * 1024) } })).status).toBe(413);
    expect((await fetch(mcpUrl, { headers: { accept: 'text/event-stream' } })).status).toBe(405);
    expect((await post(`${url}/`, ping)).status).toBe(404);
  });

  it('notifications get 202 and nothing', async () => {
    await using system = await startGateway();
    const response = await post(system.gateway.mcpUrl, '{"jsonrpc":"2.0","method":"notifications/initialized"}');
    expect([response.status, await response.text()]).toEqual([202, '']);
  });
});
