import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from 'vitest';
import { createClientCredentials } from '../../src/mcp/client-credentials.ts';
import type { Authorization } from '../../src/mcp/mcp-server.ts';
import { createSignedRequests } from '../../src/mcp/signed-requests.ts';
import { startMcpServer } from './start-mcp-server.ts';
import { httpAt, startToolServers } from './start-tool-servers.ts';

const request = {
  url: new URL('https://gateway.example.com/mcp'),
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{}',
};
const { signal } = new AbortController();

/** A token endpoint as Cognito's: `token-1`, `token-2` … */
async function startTokens(answer = { status: 200, expires_in: 3_600 }) {
  const bodies: string[] = [];
  const http = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    bodies.push(`${incoming.headers.authorization} ${Buffer.concat(chunks)}`);
    const token = { access_token: `token-${bodies.length}`, expires_in: answer.expires_in, token_type: 'Bearer' };
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(token));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const tokenUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}/oauth2/token`;
  let time = 1_000_000;
  const read = async () => ({ clientId: 'client', clientSecret: 's:ecret', tokenUrl, scope: 'gateway/invoke' });
  return {
    bodies,
    answer,
    authorization: createClientCredentials(read, () => time),
    pass: (seconds: number) => {
      time += seconds * 1000;
    },
    async [Symbol.asyncDispose]() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
const header = async (authorization: Authorization) => (await authorization.headers(request, signal)).authorization;

describe('client credentials', () => {
  test('one token is fetched for all that wait for it, and kept', async () => {
    await using tokens = await startTokens();
    const headers = await Promise.all(Array.from({ length: 20 }, () => header(tokens.authorization)));
    expect(new Set([...headers, await header(tokens.authorization)])).toEqual(new Set(['Bearer token-1']));
    const basic = Buffer.from('client:s%3Aecret').toString('base64');
    expect(tokens.bodies).toEqual([`Basic ${basic} grant_type=client_credentials&scope=gateway%2Finvoke`]);
  });

  test('it is renewed five minutes before it ends, or at half time when it is short', async () => {
    await using tokens = await startTokens();
    await header(tokens.authorization);
    tokens.pass(3_299);
    expect(await header(tokens.authorization)).toBe('Bearer token-1');
    tokens.pass(1);
    expect(await header(tokens.authorization)).toBe('Bearer token-2');
    tokens.answer.expires_in = 120;
    tokens.pass(3_300);
    expect(await header(tokens.authorization)).toBe('Bearer token-3');
    tokens.pass(59);
    expect(await header(tokens.authorization)).toBe('Bearer token-3');
    tokens.pass(1);
    expect(await header(tokens.authorization)).toBe('Bearer token-4');
  });

  test('a refusal is not kept and does not tell what was sent', async () => {
    await using tokens = await startTokens({ status: 400, expires_in: 3_600 });
    await expect(header(tokens.authorization)).rejects.toMatchObject({ code: 'unauthorized', message: 'the token endpoint: 400' });
    tokens.answer.status = 503;
    await expect(header(tokens.authorization)).rejects.toMatchObject({ code: 'server-error' });
    tokens.answer.status = 200;
    expect(await header(tokens.authorization)).toBe('Bearer token-3');
  });
});

describe('a gateway that refuses a token before its time', () => {
  test('gets a new one, once, and the read is made again', async () => {
    await using tokens = await startTokens();
    const refused = new Set<string>();
    await using gateway = await startMcpServer({
      tools: (server) => void server.registerTool('look', {}, () => ({ content: [{ type: 'text', text: 'Seen.' }] })),
      intercept({ headers }, response) {
        if (!refused.has(headers.authorization ?? '')) return false;
        response.writeHead(401).end();
        return true;
      },
    });
    await using worker = startToolServers([{ transport: httpAt(gateway.url, tokens.authorization) }]);
    const look = (await worker.offer()).tools.find(({ name }) => name === 'ops_look');
    refused.add('Bearer token-1');
    expect(await look?.run({}, signal)).toMatchObject({ isError: false });
    expect([tokens.bodies.length, gateway.count('tools/call')]).toEqual([2, 2]);
    for (let count = 2; count < 9; count += 1) refused.add(`Bearer token-${count}`);
    expect(await look?.run({}, signal)).toMatchObject({
      isError: true,
      text: 'Ops does not accept my key: an admin has to look at it. Say so in the answer.',
    });
    expect(tokens.bodies).toHaveLength(3);
  });
});

describe('signed requests', () => {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' };
  const client = new SecretsManagerClient({ region: 'eu-central-1', credentials });

  test('carry the worker’s signature over host, type and body', async () => {
    const { authorization, ...headers } = await createSignedRequests(client.config, 'bedrock-agentcore').headers(request, signal);
    expect(authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/bedrock-agentcore\/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/,
    );
    expect(headers).toMatchObject({ 'x-amz-security-token': 'session', 'x-amz-content-sha256': expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  test('no credentials are a failure of that server, without their words', async () => {
    const none = new SecretsManagerClient({ region: 'eu-central-1', credentials: () => Promise.reject(new Error('AKIA…')) });
    await expect(createSignedRequests(none.config, 'bedrock-agentcore').headers(request, signal)).rejects.toMatchObject({
      code: 'unauthorized',
      message: 'the request could not be signed',
    });
  });
});
