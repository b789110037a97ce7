import { type Listening, listen } from '@vera/stand-in-kit/listen';

export interface AtlassianApiParts {
  /** Where each is, without a slash at the end. */
  readonly jira: string;
  readonly confluence: string;
  /** Who somebody is, and which sites are open to them; known a little later, as those sites have addresses here. */
  readonly identity: () => string;
  readonly port?: number;
}

/**
 * Two origins in one: api.atlassian.com, where the products of every site take people's OAuth tokens, and the site itself, where people open
 * issues and pages.
 */
export function createAtlassianApi({ port, ...parts }: AtlassianApiParts): Promise<Listening> {
  return listen(async (request, { outgoing }) => {
    const { pathname, search } = new URL(request.url);
    const body = request.method === 'GET' || request.method === 'HEAD' ? {} : { body: await request.arrayBuffer() };
    const { method } = request;
    const headers = new Headers(request.headers);
    for (const name of ofTheConnection) headers.delete(name);
    try {
      return await fetch(`${originOf(pathname, parts)}${pathname}${search}`, { method, headers, redirect: 'manual', ...body });
    } catch {
      // The product cut the line.
      outgoing.destroy();
      return new Response(null, { status: 502 });
    }
  }, port);
}

const ofTheConnection = ['connection', 'content-length', 'host', 'keep-alive', 'transfer-encoding'];

function originOf(path: string, { jira, confluence, identity }: Omit<AtlassianApiParts, 'port'>): string {
  if (/^\/(?:ex\/jira|browse)\//.test(path)) return jira;
  return /^\/(?:ex\/confluence|wiki)\//.test(path) ? confluence : identity();
}
