import { describe, expect, it } from 'vitest';
import { toolsOf } from '../../src/gateway/tools/tools-of.ts';
import { startGateway } from './gateway-setup.ts';
import { allTools, connectMcp, textOf } from './mcp-client.ts';

describe('the tools of a gateway, as the official client sees them', () => {
  it('are the operations of its targets, parameters and body in one schema, and the tool that finds tools', async () => {
    await using system = await startGateway();
    await using mcp = await connectMcp(system.gateway.mcpUrl);
    const tools = await allTools(mcp.client);
    expect(tools.map(({ name }) => name)).toEqual(['x_amz_bedrock_agentcore_search', 'weather___getForecast', 'weather___countReports']);
    expect(tools[1]?.inputSchema).toEqual({
      type: 'object',
      properties: {
        city: { type: 'string', description: 'The city' },
        days: { type: 'integer', description: 'How many days' },
        units: { type: 'array', items: { type: 'string' } },
      },
      required: ['city'],
    });
    expect(tools[2]?.inputSchema).toMatchObject({ properties: { since: { type: 'string' } }, required: ['since'] });
  });

  it('come page by page, each exactly once, and a cursor that was never given is refused', async () => {
    await using system = await startGateway({ pageSize: 1 });
    await using mcp = await connectMcp(system.gateway.mcpUrl);
    expect((await mcp.client.listTools()).tools).toHaveLength(1);
    expect((await allTools(mcp.client)).map(({ name }) => name)).toHaveLength(3);
    await expect(mcp.client.listTools({ cursor: 'bm9uc2Vuc2U' })).rejects.toMatchObject({ code: -32602 });
  });

  it('change under a client that is connected', async () => {
    await using system = await startGateway();
    await using mcp = await connectMcp(system.gateway.mcpUrl);
    await system.gateway.useTargets([{ ...system.target, name: 'climate' }]);
    expect((await allTools(mcp.client)).map(({ name }) => name)).toContain('climate___getForecast');
    await expect(mcp.client.callTool({ name: 'weather___getForecast', arguments: { city: 'Cork' } })).rejects.toMatchObject({
      code: -32602,
    });
    system.gateway.reset();
    await using again = await connectMcp(system.gateway.mcpUrl);
    expect((await allTools(again.client)).map(({ name }) => name)).toContain('weather___getForecast');
  });

  it('send arguments where the document wants them, with the key of the target', async () => {
    await using system = await startGateway();
    await using mcp = await connectMcp(system.gateway.mcpUrl);
    const forecast = await mcp.client.callTool({
      name: 'weather___getForecast',
      arguments: { city: 'Dún Laoghaire/East', days: 3, units: ['mm', 'kn'] },
    });
    expect(JSON.parse(textOf(forecast))).toEqual({
      method: 'GET',
      path: '/cities/D%C3%BAn%20Laoghaire%2FEast/forecast',
      query: [
        ['days', '3'],
        ['units', 'mm'],
        ['units', 'kn'],
      ],
    });
    const count = await mcp.client.callTool({ name: 'weather___countReports', arguments: { since: '2026-11-01' } });
    expect(JSON.parse(textOf(count))).toMatchObject({ method: 'POST', path: '/reports', body: { since: '2026-11-01' } });
  });

  it('make a result a model can read of what goes wrong behind them', async () => {
    await using system = await startGateway({ timeoutMilliseconds: 200 });
    await using mcp = await connectMcp(system.gateway.mcpUrl);
    const call = (args: Record<string, unknown>) => mcp.client.callTool({ name: 'weather___getForecast', arguments: args });
    const missing = await call({ days: 1 });
    expect(missing).toMatchObject({ isError: true });
    expect(textOf(missing)).toContain("Field 'city' is required");
    expect(textOf(await call({ city: 'Cork', days: 'three' }))).toContain("Field 'days' has the wrong type");
    const nowhere = await call({ city: 'Nowhere' });
    expect(nowhere).toMatchObject({ isError: true });
    expect(textOf(nowhere)).toBe('HTTP 404: {"error":"no such city"}');
    expect(textOf(await call({ city: 'Slowtown' }))).toBe('An internal error occurred. Please retry later.');
    await system.gateway.useTargets([{ ...system.target, server: 'http://127.0.0.1:1' }]);
    expect(await call({ city: 'Cork' })).toMatchObject({ isError: true });
    await system.gateway.useTargets([{ ...system.target, credential: { name: 'Authorization', prefix: 'Token', key: 'another' } }]);
    expect(textOf(await call({ city: 'Cork' }))).toContain('HTTP 401');
  });

  it('are found by words, 25 times a minute', async () => {
    await using system = await startGateway();
    await using mcp = await connectMcp(system.gateway.mcpUrl);
    const search = () =>
      mcp.client.callTool({ name: 'x_amz_bedrock_agentcore_search', arguments: { query: 'how much hail was reported' } });
    const found = await search();
    expect((found.structuredContent as { tools: { name: string }[] }).tools[0]?.name).toBe('weather___countReports');
    for (let time = 1; time < 25; time += 1) await search();
    await expect(search()).rejects.toMatchObject({ code: 429 });
    await system.clock.advance(60_000);
    expect(await search()).toMatchObject({ isError: false });
  });

  it('cannot be made of a document whose references point nowhere or to themselves', async () => {
    await using system = await startGateway();
    const refer = (to: string) => ({ ...system.target, document: { paths: { '/a': { $ref: to } } } });
    expect(() => toolsOf(refer('#/components/none'))).toThrow('points to nothing');
    expect(() => toolsOf(refer('#/paths/~1a'))).toThrow('holds itself');
  });
});
