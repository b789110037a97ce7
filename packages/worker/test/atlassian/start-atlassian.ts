import { createAccessTokens } from '@vera/saas-stand-in/atlassian/atlassian-site';
import { createAtlassianApi } from '@vera/saas-stand-in/create-atlassian-api';
import { createConfluence } from '@vera/saas-stand-in/create-confluence';
import { createJira } from '@vera/saas-stand-in/create-jira';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { type AtlassianToolParams, atlassianTools } from '../../src/atlassian/atlassian-tools.ts';
import type { PersonAccount, PersonRead, PersonWrite } from '../../src/tools/person-tool.ts';
import { confluenceSeed, jiraSeed, people } from './seeds.ts';

const clinic = { id: 'cloud-1', name: 'Clinic', url: 'https://clinic.example' };
const never = new AbortController().signal;

/** What becomes of the answer to a change or a look-up that the product has dealt with already. */
type Breakage = 'cut' | 'silent' | 'huge' | 'garbage' | 'redirect' | 'trickle' | 'bad gateway' | 'request timeout';

/** Jira and Confluence behind one origin, and the tools that ask there. */
export async function startAtlassian(
  { searchLag = 0, ...params }: AtlassianToolParams & { readonly searchLag?: number } = {},
  issues = jiraSeed.issues,
) {
  await using started = new AsyncDisposableStack();
  const tokens = createAccessTokens();
  const site = { cloudId: clinic.id, people, apiTokens: [], tokens };
  const now = () => Date.parse('2026-11-24T10:00:00Z');
  const jira = started.use(await createJira({ seed: { ...jiraSeed, issues }, site, siteUrl: clinic.url, now, searchLag }));
  const confluence = started.use(await createConfluence({ seed: confluenceSeed, site, siteUrl: clinic.url, now }));
  const identity = started.use(await listen(() => new Response(null, { status: 404 })));
  const api = started.use(await createAtlassianApi({ jira: jira.url, confluence: confluence.url, identity: () => identity.url }));
  const asked: string[] = [];
  let broken: { readonly method: string; readonly how: Breakage } | undefined;
  const door = started.use(
    await listen(async (request, { outgoing }) => {
      const answer = await passedOn(request, api, asked);
      if (broken?.method !== request.method) return answer;
      const { how } = broken;
      broken = undefined;
      if (how === 'cut') outgoing.destroy();
      return brokenAnswer(how, request);
    }),
  );
  const tools = atlassianTools({ apiUrl: door.url, waitMilliseconds: 50, readMilliseconds: 2_000, changeMilliseconds: 2_000, ...params });
  const toolOf = (name: string) => tools.find((tool) => tool.name === name);
  const stack = started.move();
  return {
    ...{ jira, confluence, api, tools },
    /** Methods and paths, in the order asked. */
    asked,
    /** The product does what the next request of this method asks for, but its answer does not arrive. */
    breakNext: (method: string, how: Breakage) => {
      broken = { method, how };
    },
    account(handle: string, sites: PersonAccount['sites'] = [clinic]): PersonAccount {
      const accountId = `1:${handle}`;
      const token = `token-of-${handle}`;
      tokens.grant(token, { accountId });
      return { token, accountId, sites };
    },
    /** What the model is given. */
    read: async (name: string, input: object, account: PersonAccount) => {
      const result = await (toolOf(name) as PersonRead).read(input, account, never);
      return typeof result === 'string' ? result : result.text;
    },
    propose: (name: string, input: object, account: PersonAccount) => (toolOf(name) as PersonWrite).propose(input, account, never),
    /** What was approved has been in a store, as JSON. */
    perform: (name: string, { args }: { readonly args: object }, account: PersonAccount, { signal = never, key = 'key-1' } = {}) =>
      (toolOf(name) as PersonWrite).perform(JSON.parse(JSON.stringify(args)), account, signal, key),
    /** What the tool finds of a change afterwards. */
    async look(name: string, { args }: { readonly args: object }, account: PersonAccount, key = 'key-1') {
      const { recovery } = toolOf(name) as PersonWrite;
      if (recovery.kind !== 'checkable') throw new Error(`${name} cannot look: ${recovery.kind}`);
      return recovery.look(JSON.parse(JSON.stringify(args)), account, never, key);
    },
    async [Symbol.asyncDispose]() {
      await stack.disposeAsync();
    },
  };
}

async function passedOn(request: Request, { url }: Listening, asked: string[]): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  asked.push(`${request.method} ${pathname.replace(/^\/ex\/\w+\/[^/]+/, '')}`);
  const body = request.method === 'GET' ? {} : { body: await request.arrayBuffer() };
  const headers = new Headers(request.headers);
  for (const name of ['connection', 'content-length', 'host']) headers.delete(name);
  return fetch(`${url}${pathname}${search}`, { method: request.method, headers, ...body });
}

async function brokenAnswer(how: Breakage, { signal }: Request): Promise<Response> {
  switch (how) {
    case 'silent':
    case 'cut':
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      return new Response(null, { status: 500 });
    case 'huge':
      return new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1_000_000)) }));
    case 'trickle':
      return new Response(new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"id"')) }));
    case 'garbage':
      return new Response('<html>secret-of-the-proxy</html>', { status: 200 });
    case 'redirect':
      return new Response(null, { status: 307, headers: { location: 'http://127.0.0.1:1/' } });
    case 'bad gateway':
      return new Response('upstream 10.0.0.7 died', { status: 502 });
    case 'request timeout':
      return new Response(null, { status: 408 });
  }
}
