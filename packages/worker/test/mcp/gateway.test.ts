import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createGateway } from '@vera/agent-core-stand-in/create-gateway';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createCognito } from '@vera/aws-stand-in/create-cognito';
import { createTestClock } from '@vera/stand-in-kit/clock';
import { describe, expect, test } from 'vitest';
import { createClientCredentials } from '../../src/mcp/client-credentials.ts';
import { gatewayServer } from '../../src/mcp/gateway-server.ts';
import { createSignedRequests } from '../../src/mcp/signed-requests.ts';
import { startMcpServer } from './start-mcp-server.ts';
import { startToolServers } from './start-tool-servers.ts';

const api = {
  openapi: '3.0.3',
  info: { title: 'Incidents', version: '1' },
  servers: [{ url: 'https://api.pagerduty.com' }],
  paths: {
    '/oncalls': {
      get: {
        operationId: 'listOnCalls',
        description: 'Who is on call',
        parameters: [{ name: 'team_ids[]', in: 'query', schema: { type: 'string' } }],
        responses: { 200: { description: 'ok', content: { 'application/json': { schema: { type: 'object' } } } } },
      },
      post: { operationId: 'createOverride', description: 'x', responses: { 200: { description: 'ok' } } },
    },
  },
};

async function start(authorizer: (discoveryUrl: string) => Parameters<typeof createGateway>[0]['authorizer']) {
  const clock = createTestClock();
  const record = createCallRecord();
  const cognito = await createCognito({ clients: [{ id: 'worker', secret: 'secret', scopes: ['vera/invoke'] }], clock });
  const pager = await startMcpServer({
    tools: () => undefined,
    intercept(_, response) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ oncalls: [{ user: 'Bob' }] }));
      return true;
    },
  });
  const target = {
    name: 'pagerduty',
    document: api,
    server: pager.url.origin,
    credential: { name: 'Authorization', prefix: 'Token', key: 'k' },
  };
  const emulator = await createGateway({ record, clock, targets: [target as never], authorizer: authorizer(cognito.discoveryUrl) });
  return {
    emulator,
    cognito,
    record,
    clock,
    pager,
    async [Symbol.asyncDispose]() {
      for (const server of [emulator, cognito, pager]) await server[Symbol.asyncDispose]();
    },
  };
}

describe('the gateway', () => {
  test('with a user pool takes our token, renews it, survives a lost session', async () => {
    await using system = await start((discoveryUrl) => ({ kind: 'CUSTOM_JWT', discoveryUrl, allowedClients: ['worker'] }));
    const read = async () => ({ clientId: 'worker', clientSecret: 'secret', tokenUrl: system.cognito.tokenUrl, scope: 'vera/invoke' });
    const { transport, ...entry } = gatewayServer(system.emulator.mcpUrl, createClientCredentials(read, Date.now), []);
    await using worker = startToolServers([{ ...entry, transport, limits: {} }]);
    const [names] = await worker.names();
    expect(names).toEqual(['gateway_pagerduty___listOnCalls', 'read_more']);
    const name = 'gateway_pagerduty___listOnCalls';
    const out = await worker.call(name, {});
    expect(out).toMatchObject({ isError: false, text: expect.stringContaining('Bob') });
    system.emulator.endSessions();
    expect(await worker.call(name, {})).toMatchObject({ isError: false });
    await system.clock.advance(3_600_000);
    expect(await worker.call(name, {})).toMatchObject({ isError: false });
    expect(system.cognito.tokensIssued).toBe(2);
  });

  test('with IAM takes our signature', async () => {
    await using system = await start(() => ({ kind: 'AWS_IAM' }));
    const client = new SecretsManagerClient({ region: 'us-east-1', credentials: { accessKeyId: 'worker', secretAccessKey: 'x' } });
    const { transport, ...entry } = gatewayServer(system.emulator.mcpUrl, createSignedRequests(client.config, 'bedrock-agentcore'), []);
    await using worker = startToolServers([{ ...entry, transport, limits: {} }]);
    expect(await worker.names()).toEqual([['gateway_pagerduty___listOnCalls', 'read_more'], []]);
    expect(await worker.call('gateway_pagerduty___listOnCalls', {})).toMatchObject({
      isError: false,
      text: expect.stringContaining('Bob'),
    });
  });
});
