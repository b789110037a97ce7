import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createCognito } from '@vera/aws-stand-in/create-cognito';
import { createTestClock } from '@vera/stand-in-kit/clock';
import { createGateway, type GatewayParts } from '../../src/create-gateway.ts';
import { startWeather, weatherDocument, weatherKey } from './weather.ts';

export const workerClient = { id: 'worker-client', secret: 'its secret: with a colon', scopes: ['vera/invoke'] };

/** A gateway in front of the weather, with a user pool beside it and a clock to move by hand. */
export async function startGateway(parts: Partial<GatewayParts> = {}) {
  const weather = await startWeather();
  const clock = createTestClock();
  const cognito = await createCognito({ clients: [workerClient], clock });
  const record = createCallRecord();
  const target = {
    name: 'weather',
    document: weatherDocument,
    server: weather.url,
    credential: { name: 'Authorization', prefix: 'Token', key: weatherKey },
  };
  const gateway = await createGateway({ record, clock, targets: [target], authorizer: { kind: 'NONE' }, ...parts });
  return {
    gateway,
    cognito,
    clock,
    record,
    target,
    async [Symbol.asyncDispose]() {
      for (const server of [gateway, cognito, weather]) await server[Symbol.asyncDispose]();
    },
  };
}

/** One JSON-RPC message, sent by hand. */
export function post(url: string, message: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: typeof message === 'string' ? message : JSON.stringify({ jsonrpc: '2.0', id: 1, ...(message as object) }),
  });
}
