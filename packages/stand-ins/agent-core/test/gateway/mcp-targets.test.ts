import { describe, expect, it } from 'vitest';
import type { GatewayTarget } from '../../src/gateway/tools/gateway-target.ts';
import { startGateway, workerClient } from './gateway-setup.ts';
import { allTools, connectMcp, textOf } from './mcp-client.ts';
import { startWiki } from './wiki-server.ts';

const apiKey = { name: 'Authorization', prefix: 'Bearer', key: 'wiki-key' };
const authorization = 'Bearer wiki-key';
const namesAt = async (url: string) => {
  await using mcp = await connectMcp(url);
  return (await allTools(mcp.client)).map(({ name }) => name);
};
const wikiTools = ['find_page', 'delete_page', 'count_pages', 'fail'].map((name) => `wiki___${name}`);

describe('an MCP server behind a gateway', () => {
  it('is called with the key of its target, under names that begin with it; without an API beside it, too', async () => {
    await using wiki = await startWiki({ authorization });
    await using system = await startGateway({ targets: [{ name: 'wiki', endpoint: wiki.url, apiKey }] });
    expect(await namesAt(system.gateway.mcpUrl)).toEqual(['x_amz_bedrock_agentcore_search', ...wikiTools]);
    await using mcp = await connectMcp(system.gateway.mcpUrl);
    const result = await mcp.client.callTool({ name: 'wiki___find_page', arguments: { level: 'low' } });
    expect([textOf(result), wiki.calls]).toEqual(['find_page done', ['find_page']]);
    expect([...wiki.seen]).toEqual([authorization]);
  });

  it('is called with a token of its own identity provider', async () => {
    await using idp = await startGateway();
    await using wiki = await startWiki();
    const oauth = { tokenUrl: idp.cognito.tokenUrl, clientId: workerClient.id, clientSecret: workerClient.secret, scopes: ['vera/invoke'] };
    await using system = await startGateway({ targets: [{ name: 'wiki', endpoint: wiki.url, oauth }] });
    expect(await namesAt(system.gateway.mcpUrl)).toContain('wiki___find_page');
    expect([...wiki.seen]).toEqual(expect.arrayContaining([expect.stringMatching(/^Bearer ey/)]));
  });

  it('loses its annotations, and of its schemas all but types, descriptions and what is required', async () => {
    await using wiki = await startWiki();
    await using system = await startGateway({ targets: [{ name: 'wiki', endpoint: wiki.url }] });
    await using mcp = await connectMcp(system.gateway.mcpUrl);
    const tools = await allTools(mcp.client);
    expect(tools.filter((tool) => 'annotations' in tool)).toEqual([]);
    expect(tools.find(({ name }) => name === 'wiki___find_page')?.inputSchema).toEqual({
      type: 'object',
      properties: { level: { type: 'string', description: 'How deep' } },
      required: ['level'],
    });
    await system.gateway.useTargets([{ name: 'wiki', endpoint: wiki.url, passesAnnotations: true }]);
    expect((await allTools(mcp.client)).find(({ name }) => name === 'wiki___count_pages')).toMatchObject({
      annotations: { readOnlyHint: true },
    });
  });

  it('by default is listed as it was at the last synchronization; DYNAMIC as it is', async () => {
    await using wiki = await startWiki();
    const target: GatewayTarget = { name: 'wiki', endpoint: wiki.url };
    await using kept = await startGateway({ targets: [target] });
    const dynamic = { ...target, listingMode: 'DYNAMIC' as const };
    await using asked = await startGateway({ targets: [dynamic], semanticSearch: false });
    wiki.more.push('purge');
    expect(await namesAt(kept.gateway.mcpUrl)).not.toContain('wiki___purge');
    expect(await namesAt(asked.gateway.mcpUrl)).toContain('wiki___purge');
    await kept.gateway.useTargets([target]);
    expect(await namesAt(kept.gateway.mcpUrl)).toContain('wiki___purge');
    await expect(startGateway({ targets: [dynamic] })).rejects.toThrow('the gateway has semantic search');
  });

  it('that cannot be listed makes its target fail; one that falls silent later fails its calls', async () => {
    await using wiki = await startWiki({ authorization });
    const wrongKey = { ...apiKey, key: 'another' };
    await expect(startGateway({ targets: [{ name: 'wiki', endpoint: wiki.url, apiKey: wrongKey }] })).rejects.toThrow();
    await using system = await startGateway({ targets: [{ name: 'wiki', endpoint: wiki.url, apiKey }] });
    await using mcp = await connectMcp(system.gateway.mcpUrl);
    const locked = await mcp.client.callTool({ name: 'wiki___fail', arguments: {} });
    expect([locked.isError, textOf(locked)]).toEqual([true, 'The page is locked.']);
    await wiki[Symbol.asyncDispose]();
    const silent = await mcp.client.callTool({ name: 'wiki___find_page', arguments: { level: 'low' } });
    expect([silent.isError, textOf(silent)]).toEqual([true, 'An internal error occurred. Please retry later.']);
  });
});
