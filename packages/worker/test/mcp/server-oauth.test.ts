import type { ServerResponse } from 'node:http';
import { createLog } from '@vera/service-kit/log';
import { describe, expect, test } from 'vitest';
import { serversOf } from '../../src/env.ts';
import { configuredServers } from '../../src/mcp/configured-servers.ts';
import type { ServerData } from '../../src/mcp/server-data.ts';
import { type AuthorizationServer, startAuthorizationServer } from './start-authorization-server.ts';
import { type ReceivedRequest, startMcpServer } from './start-mcp-server.ts';
import { startToolServers } from './start-tool-servers.ts';

const path = '/.well-known/oauth-protected-resource';
const metadataOf = (issuer: string, endpoint = `${issuer.replace(/\/t?$/, '')}/token`) => ({ issuer, token_endpoint: endpoint });

interface Options {
  /** What the server itself has at some paths. */
  readonly documents?: (own: string, tokens: AuthorizationServer) => Readonly<Record<string, unknown>>;
  readonly challenge?: (own: string) => string;
  readonly oauth?: (tokens: AuthorizationServer) => Partial<NonNullable<ServerData['oauth']>>;
  readonly takes?: 'basic' | 'post';
  readonly answer?: (text: string) => { readonly text: string; readonly isError?: boolean };
}

/** A server that takes tokens only, the place they come from, and a worker that was given the client by configuration. */
async function start({ documents = () => ({}), challenge = () => 'Bearer', oauth = () => ({}), takes, answer }: Options) {
  const tokens = await startAuthorizationServer(takes);
  const refused = new Set<string | undefined>([undefined]);
  let own = '';
  const intercept = (request: ReceivedRequest & { readonly url?: string }, response: ServerResponse) => {
    const at = response.req.url ?? '';
    const document = documents(own, tokens)[at];
    if (request.method === 'GET' || at !== '/mcp') {
      if (at === '/token') return Boolean(response.writeHead(307, { location: `${tokens.url}/token` }).end());
      return Boolean(response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(document ?? {})));
    }
    if (!refused.has(request.headers.authorization)) return false;
    return Boolean(response.writeHead(401, { 'www-authenticate': challenge(own) }).end());
  };
  const server = await startMcpServer({
    intercept,
    tools: (sdk) =>
      void sdk.registerTool('look', { annotations: { readOnlyHint: true } }, () => {
        const { text, isError = false } = answer?.('Seen.') ?? { text: 'Seen.' };
        return { content: [{ type: 'text', text }], isError };
      }),
  });
  own = server.url.origin;
  const client = { clientId: 'client-1', clientSecret: '${OPS_SECRET}', ...oauth(tokens) };
  const data = { name: 'ops', url: server.url.href, privateNetwork: true, reads: 'annotated' as const, oauth: client };
  const log = createLog({ service: 'worker', write: () => {} });
  const parts = { secrets: { OPS_SECRET: 'secret-1\n' }, region: 'eu-central-1', path: '', log };
  const worker = startToolServers(configuredServers(serversOf([data]), parts).servers);
  return {
    ...worker,
    tokens,
    server,
    refused,
    sent: () => [...new Set(server.requests.flatMap(({ headers, rpc }) => (rpc === 'tools/call' ? [headers.authorization] : [])))],
    async [Symbol.asyncDispose]() {
      await worker[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await tokens[Symbol.asyncDispose]();
    },
  };
}

const seen = expect.objectContaining({ isError: false, text: expect.stringContaining('Seen.') });
const trusting = (issuer: (tokens: AuthorizationServer) => string) => (own: string, tokens: AuthorizationServer) => ({
  [`${path}/mcp`]: { resource: `${own}/mcp`, authorization_servers: [issuer(tokens)] },
});

describe('where tokens come from', () => {
  test.each([
    ['F24 an issuer with a last slash beside one without', '/', '', '/.well-known/oauth-authorization-server'],
    ['F24 a tenant with a last slash beside one without', '/t/', '/t', '/.well-known/oauth-authorization-server/t'],
    ['F24 and the other way round', '/t', '/t/', '/.well-known/oauth-authorization-server/t'],
    ['what OpenID Connect says', '', '', '/.well-known/openid-configuration'],
    ['what OpenID Connect says of a tenant, at its end', '/t', '/t', '/t/.well-known/openid-configuration'],
  ])('%s', async (_, named, own, place) => {
    await using system = await start({ documents: trusting(({ url }) => `${url}${named}`) });
    const { url, documents } = system.tokens;
    documents.set(place, metadataOf(`${url}${own}`, `${url}/token`));
    expect(await system.call('ops_look')).toEqual(seen);
    expect(system.tokens.asked).toMatchObject([{ body: { grant_type: 'client_credentials', resource: system.server.url.href } }]);
    expect(system.sent()).toEqual(['Bearer token-1']);
  });

  test('the place that the refusal names, and its scope', async () => {
    const challenge = (own: string) => `Bearer error="invalid_token", resource_metadata="${own}/about", scope="read all"`;
    const documents = (own: string, tokens: AuthorizationServer) => ({ '/about': { resource: own, authorization_servers: [tokens.url] } });
    await using system = await start({ documents, challenge });
    system.tokens.documents.set('/.well-known/oauth-authorization-server', metadataOf(system.tokens.url));
    expect(await system.call('ops_look')).toEqual(seen);
    expect(system.tokens.asked).toMatchObject([{ body: { scope: 'read all' } }]);
    expect(system.server.requests.filter(({ body }) => body.includes('grant_type'))).toEqual([]);
  });

  test('F24 metadata of another host are refused, with both addresses, and the secret goes nowhere', async () => {
    await using system = await start({ documents: trusting(({ url }) => url) });
    const { url, documents, asked } = system.tokens;
    documents.set('/.well-known/oauth-authorization-server', metadataOf('https://elsewhere.example.com', `${url}/token`));
    expect(await system.names()).toEqual([[], ['I cannot sign in to Ops: an admin has to look at its settings']]);
    expect(JSON.stringify(system.lines)).toContain(`should come from ${url}, whose metadata are of https://elsewhere.example.com`);
    expect(asked).toEqual([]);
  });

  test.each([
    ['another host', () => 'https://elsewhere.example.com/mcp'],
    ['another tenant of the host', (own: string) => `${own}/tenant-b/mcp`],
    ['a place that only begins alike', (own: string) => `${own}/mc`],
    ['another scheme', (own: string) => `${own.replace('http:', 'https:')}/mcp`],
  ])('F24 a resource of %s is refused as well', async (_name, resourceOf) => {
    const documents = (own: string, tokens: AuthorizationServer) => ({
      [`${path}/mcp`]: { resource: resourceOf(own), authorization_servers: [tokens.url] },
    });
    await using system = await start({ documents });
    // With it all else would fit.
    system.tokens.documents.set('/.well-known/oauth-authorization-server', metadataOf(system.tokens.url));
    expect((await system.names())[1]).toEqual(['I cannot sign in to Ops: an admin has to look at its settings']);
    expect(system.tokens.asked).toEqual([]);
  });

  test('an endpoint with a name and a password in its address is refused, and they are not logged', async () => {
    await using system = await start({ documents: trusting(({ url }) => url) });
    const { url, documents, asked } = system.tokens;
    documents.set('/.well-known/oauth-authorization-server', metadataOf(url, `${url.replace('//', '//ann:pass-9@')}/token`));
    expect((await system.names())[1]).toEqual(['I cannot sign in to Ops: an admin has to look at its settings']);
    expect([asked, JSON.stringify(system.lines).includes('pass-9')]).toEqual([[], false]);
  });

  test('F24 without any metadata it is the server’s own origin; its secret follows no redirect', async () => {
    await using system = await start({});
    expect((await system.names())[0]).toEqual([]);
    expect(system.tokens.asked).toEqual([]);
    expect(system.server.requests.map(({ body }) => body)).toContainEqual(expect.stringContaining('grant_type=client_credentials'));
  });

  test('F24 an address that the settings name needs no metadata, and no resource', async () => {
    await using system = await start({ oauth: ({ url }) => ({ tokenUrl: `${url}/token`, scope: 'mcp' }) });
    expect(await system.call('ops_look')).toEqual(seen);
    expect(system.tokens.asked.map(({ body }) => body)).toEqual([{ grant_type: 'client_credentials', scope: 'mcp' }]);
    expect(system.server.requests.every(({ headers }) => headers.authorization === 'Bearer token-1')).toBe(true);
  });

  test('a client that is known by the body only', async () => {
    await using system = await start({ takes: 'post', oauth: ({ url }) => ({ tokenUrl: `${url}/token` }) });
    expect(await system.call('ops_look')).toEqual(seen);
    expect(system.tokens.asked.at(-1)).toMatchObject({
      authorization: undefined,
      body: { client_id: 'client-1', client_secret: 'secret-1' },
    });
  });
});

describe('F27 a token', () => {
  const named = { oauth: ({ url }: AuthorizationServer) => ({ tokenUrl: `${url}/token`, scope: 'mcp' }) };

  test('that does not say how long it lives is kept; refused once, it is replaced once, with the same scope, and the read made again', async () => {
    await using system = await start(named);
    for (let calls = 0; calls < 3; calls += 1) expect(await system.call('ops_look')).toEqual(seen);
    expect(system.tokens.asked).toHaveLength(1);
    system.refused.add('Bearer token-1');
    expect(await system.call('ops_look')).toEqual(seen);
    expect(system.tokens.asked.map(({ body }) => body.scope)).toEqual(['mcp', 'mcp']);
  });

  test('that is refused always is told to an admin, and asked for no more than once a call', async () => {
    await using system = await start(named);
    const look = (await system.offer()).tools.find(({ name }) => name === 'ops_look');
    for (let count = 1; count < 20; count += 1) system.refused.add(`Bearer token-${count}`);
    const output = await look?.run({}, new AbortController().signal);
    expect(output).toMatchObject({ isError: true, text: expect.stringContaining('does not accept my key: an admin has to look at it') });
    expect(system.tokens.asked).toHaveLength(2);
    for (let calls = 0; calls < 10; calls += 1) await look?.run({}, new AbortController().signal);
    expect(system.tokens.asked.length).toBeLessThan(6);
  });

  test('is not thrown away for what a tool says', async () => {
    await using system = await start({ ...named, answer: () => ({ text: '401: the access token has expired', isError: true }) });
    for (let calls = 0; calls < 3; calls += 1)
      expect(await system.call('ops_look')).toMatchObject({ isError: true, text: expect.stringContaining('has expired') });
    expect([system.tokens.asked.length, system.server.count('tools/call')]).toEqual([1, 3]);
  });

  test.each([
    ['of a type that we cannot use', { token_type: 'DPoP' }],
    ['that no header may hold', { access_token: 'tok-777\r\nx-admin: yes' }],
    ['that is no ASCII', { access_token: 'tok-777ü' }],
    ['without end', { padding: 'x'.repeat(3_000_000) }],
  ])('%s costs the server’s tools, is not sent and not logged', async (_name, more) => {
    await using system = await start(named);
    Object.assign(system.tokens.answer.more, more);
    expect((await system.names())[0]).toEqual([]);
    expect(system.server.requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
    expect(JSON.stringify(system.lines)).not.toContain('tok-777');
  });

  test('that cannot be had costs the server’s tools; neither the secret nor its name is told', async () => {
    await using system = await start(named);
    system.tokens.answer.status = 400;
    const [names, troubles] = await system.names();
    expect([names, troubles]).toEqual([[], ['Ops does not accept my key: an admin has to look at it']]);
    expect(JSON.stringify(system.lines)).not.toMatch(/secret-1|OPS_SECRET/);
  });
});
