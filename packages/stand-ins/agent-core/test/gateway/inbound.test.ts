import { createSigningKey } from '@vera/aws-stand-in/cognito/signing-key';
import { describe, expect, it } from 'vitest';
import { post, startGateway, workerClient } from './gateway-setup.ts';
import { allTools, connectMcp } from './mcp-client.ts';

const list = { method: 'tools/list', params: {} };

async function startWithCognito(more: { allowedScopes?: string[] } = {}) {
  const system = await startGateway();
  const { discoveryUrl, tokenUrl } = system.cognito;
  const { createGateway } = await import('../../src/create-gateway.ts');
  const gateway = await createGateway({
    record: system.record,
    clock: system.clock,
    targets: [system.target],
    authorizer: { kind: 'CUSTOM_JWT', discoveryUrl, allowedClients: [workerClient.id], ...more },
  });
  const tokenOf = async () => {
    const basic = Buffer.from(`${workerClient.id}:${workerClient.secret}`).toString('base64');
    const response = await fetch(tokenUrl, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials&scope=vera/invoke',
    });
    return ((await response.json()) as { access_token: string }).access_token;
  };
  const statusWith = async (token: string) => (await post(gateway.mcpUrl, list, { authorization: `Bearer ${token}` })).status;
  return {
    ...system,
    protectedGateway: gateway,
    tokenOf,
    statusWith,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      await system[Symbol.asyncDispose]();
    },
  };
}

describe('a gateway with CUSTOM_JWT', () => {
  it('lets a token of the pool in, until it expires', async () => {
    await using system = await startWithCognito();
    const token = await system.tokenOf();
    await using mcp = await connectMcp(system.protectedGateway.mcpUrl, { authorization: `Bearer ${token}` });
    expect(await allTools(mcp.client)).toHaveLength(3);
    await system.clock.advance(3_600_000);
    await expect(mcp.client.listTools()).rejects.toMatchObject({ code: 401 });
    expect(system.cognito.tokensIssued).toBe(1);
  });

  it('says where to get a token to whoever has none', async () => {
    await using system = await startWithCognito();
    const response = await post(system.protectedGateway.mcpUrl, list);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: -32001, message: 'Missing Bearer token' } });
    const [, metadata] = /resource_metadata="([^"]+)"/.exec(response.headers.get('www-authenticate') ?? '') ?? [];
    const document = await (await fetch(metadata!)).json();
    expect(document).toEqual({ authorization_servers: [system.cognito.discoveryUrl], resource: system.protectedGateway.mcpUrl });
  });

  it('refuses tokens of another client, another issuer, another key, another use, another algorithm', async () => {
    await using system = await startWithCognito();
    const now = Math.floor(system.clock.now() / 1_000);
    const good = { iss: system.cognito.issuer, exp: now + 60, token_use: 'access', client_id: workerClient.id, scope: 'vera/invoke' };
    expect(await system.statusWith(system.cognito.sign(good))).toBe(200);
    for (const wrong of [
      { client_id: 'another' },
      { client_id: undefined },
      { iss: 'https://elsewhere.example' },
      { token_use: 'id' },
      { exp: now },
      { exp: undefined },
    ]) {
      expect(await system.statusWith(system.cognito.sign({ ...good, ...wrong })), JSON.stringify(wrong)).toBe(401);
    }
    const forger = await createSigningKey();
    expect(await system.statusWith(forger.sign(good))).toBe(401);
    const [head, , signature] = system.cognito.sign(good).split('.');
    const payload = Buffer.from(JSON.stringify({ ...good, exp: now + 99_999 })).toString('base64url');
    expect(await system.statusWith(`${head}.${payload}.${signature}`)).toBe(401);
    const none = Buffer.from('{"alg":"none","kid":"x"}').toString('base64url');
    expect(await system.statusWith(`${none}.${payload}.`)).toBe(401);
    expect(await system.statusWith('not-a-token')).toBe(401);
  });

  it('answers 403 to a good token without the scope', async () => {
    await using system = await startWithCognito({ allowedScopes: ['vera/admin'] });
    expect(await system.statusWith(await system.tokenOf())).toBe(403);
  });
});

describe('a gateway with AWS_IAM', () => {
  it('records who needed InvokeGateway on it, and refuses unsigned calls and signatures for another service', async () => {
    await using system = await startGateway({ authorizer: { kind: 'AWS_IAM' } });
    const signed = (service: string) => ({
      authorization: `AWS4-HMAC-SHA256 Credential=worker/20261123/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=${'a'.repeat(64)}`,
    });
    expect((await post(system.gateway.mcpUrl, list)).status).toBe(403);
    expect((await post(system.gateway.mcpUrl, list, signed('bedrock'))).status).toBe(403);
    expect(system.record.calls).toEqual([]);
    expect((await post(system.gateway.mcpUrl, list, signed('bedrock-agentcore'))).status).toBe(200);
    system.gateway.inject({ kind: 'status', status: 403 });
    expect((await post(system.gateway.mcpUrl, list, signed('bedrock-agentcore'))).status).toBe(403);
    expect(system.record.calls.map(({ status }) => status)).toEqual([200, 403]);
    expect(system.record.calls.slice(0, 1)).toMatchObject([
      { component: 'worker', action: 'bedrock-agentcore:InvokeGateway', resource: system.gateway.arn },
    ]);
    expect(system.gateway.arn).toBe('arn:aws:bedrock-agentcore:us-east-1:000000000000:gateway/northwind-gateway-a1b2c3d4e5');
  });
});
