import { describe, expect, it } from 'vitest';
import { post, startGateway } from './gateway-setup.ts';
import { connectMcp } from './mcp-client.ts';

const call = { name: 'weather___getForecast', arguments: { city: 'Cork' } };

describe('faults a test can inject', () => {
  it('strike the method they are meant for, as often as told, after as many as told', async () => {
    await using system = await startGateway();
    await using mcp = await connectMcp(system.gateway.mcpUrl);
    system.gateway.inject({ kind: 'status', status: 503, method: 'tools/call', times: 2, after: 1 });
    expect(await mcp.client.callTool(call)).toMatchObject({ isError: false });
    expect((await mcp.client.listTools()).tools).toHaveLength(3);
    await expect(mcp.client.callTool(call)).rejects.toMatchObject({ code: 503 });
    await expect(mcp.client.callTool(call)).rejects.toMatchObject({ code: 503 });
    expect(await mcp.client.callTool(call)).toMatchObject({ isError: false });
  });

  it.each([
    [{ kind: 'token-expired' }, 401],
    [{ kind: 'status', status: 403 }, 403],
    [{ kind: 'session-lost' }, 404],
    [{ kind: 'status', status: 429, retryAfterSeconds: 7 }, 429],
  ] as const)('%j answers %i', async (fault, status) => {
    await using system = await startGateway();
    system.gateway.inject(fault);
    const response = await post(system.gateway.mcpUrl, { method: 'ping' });
    expect(response.status).toBe(status);
    if (status === 429) expect(response.headers.get('retry-after')).toBe('7');
  });

  it('cut the line, break the JSON, never answer, answer late', async () => {
    await using system = await startGateway();
    const ping = () => post(system.gateway.mcpUrl, { method: 'ping' });
    system.gateway.inject({ kind: 'dead' });
    await expect(ping()).rejects.toThrow();
    system.gateway.inject({ kind: 'invalid-json' });
    await expect((await ping()).json()).rejects.toThrow(SyntaxError);
    system.gateway.inject({ kind: 'slow', milliseconds: 50 });
    const before = performance.now();
    expect((await ping()).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(45);
    system.gateway.inject({ kind: 'silent', method: 'tools/call' });
    await using mcp = await connectMcp(system.gateway.mcpUrl);
    await expect(mcp.client.callTool(call, undefined, { timeout: 200 })).rejects.toMatchObject({ code: -32001 });
    expect(await mcp.client.callTool(call)).toMatchObject({ isError: false });
  });

  it('send a frame that is far too large, and a stream that never comes to the answer', async () => {
    await using system = await startGateway();
    system.gateway.inject({ kind: 'oversized', bytes: 5_000_000, method: 'tools/call' });
    const large = await post(system.gateway.mcpUrl, { method: 'tools/call', params: call });
    const text = await large.text();
    expect(text.length).toBeGreaterThan(5_000_000);
    expect(JSON.parse(text)).toMatchObject({ id: 1, result: { isError: false } });
    system.gateway.inject({ kind: 'endless' });
    const leave = new AbortController();
    const endless = await fetch(system.gateway.mcpUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: '*/*' },
      body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
      signal: leave.signal,
    });
    let seen = 0;
    for await (const piece of endless.body!) {
      seen += piece.byteLength;
      if (seen > 100_000) break;
    }
    leave.abort();
    expect(seen).toBeGreaterThan(100_000);
    expect((await post(system.gateway.mcpUrl, { method: 'ping' })).status).toBe(200);
  });
});
