import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { answerTo } from './own-server.ts';

/** A newcomer's own MCP server over HTTP, and the keys that were sent to it. */
export async function startOwnServer(): Promise<Listening & { readonly keys: ReadonlySet<string | null> }> {
  const keys = new Set<string | null>();
  const server = await listen(async (request) => {
    if (request.method !== 'POST') return new Response(null, { status: 405 });
    keys.add(request.headers.get('authorization'));
    const answer = answerTo(await request.json());
    return answer ? Response.json(answer) : new Response(null, { status: 202 });
  });
  return { ...server, keys };
}
