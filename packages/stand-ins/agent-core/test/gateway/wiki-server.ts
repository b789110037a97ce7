import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { listen } from '@vera/stand-in-kit/listen';
import * as z from 'zod';

/** An MCP server of somebody else, with tools that read and tools that write, annotated and not. */
export async function startWiki({ authorization }: { readonly authorization?: string } = {}) {
  const calls: string[] = [];
  const seen = new Set<string | null>();
  const more: string[] = [];
  const server = await listen(async (request) => {
    seen.add(request.headers.get('authorization'));
    if (authorization !== undefined && request.headers.get('authorization') !== authorization) return new Response(null, { status: 401 });
    const wiki = new McpServer({ name: 'wiki', version: '1.0.0' });
    const text = (name: string) => () => {
      calls.push(name);
      return { content: [{ type: 'text' as const, text: `${name} done` }] };
    };
    const level = z.enum(['low', 'high']).describe('How deep');
    wiki.registerTool('find_page', { description: 'Finds a page.', inputSchema: { level } }, text('find_page'));
    wiki.registerTool('delete_page', { description: 'Deletes a page.' }, text('delete_page'));
    wiki.registerTool('count_pages', { annotations: { readOnlyHint: true } }, text('count_pages'));
    wiki.registerTool('fail', {}, () => ({ isError: true, content: [{ type: 'text', text: 'The page is locked.' }] }));
    for (const name of more) wiki.registerTool(name, {}, text(name));
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    await wiki.connect(transport);
    return transport.handleRequest(request);
  });
  return {
    url: `${server.url}/mcp`,
    calls,
    /** Values of the header `Authorization` that came. */
    seen,
    /** Names of tools that it has from now on as well. */
    more,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
