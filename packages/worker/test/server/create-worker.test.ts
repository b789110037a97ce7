import { createLog } from '@vera/service-kit/log';
import { describe, expect, test } from 'vitest';
import { createWorker } from '../../src/create-worker.ts';
import { workerEnv } from '../../src/env.ts';
import { northwindPrompt } from '../agent/northwind-prompt.ts';
import { questionOf } from '../question.ts';

const env = workerEnv.parse({
  SECRET_ID: 'none',
  LEDGER_TABLE: 'none',
  COMPANY_NAME: 'Northwind',
  MODEL_ID: 'us.anthropic.claude-sonnet-5-5',
});
const headers = { 'content-type': 'application/json', 'x-amzn-bedrock-agentcore-runtime-session-id': 's'.repeat(64) };
const create = () => createWorker(env, northwindPrompt, createLog({ service: 'worker', write: () => {} }));

describe('a worker', () => {
  test('answers a ping before and while what answers questions is loaded', async () => {
    const worker = create();
    expect(await (await worker.server.request('/ping')).json()).toMatchObject({ status: 'Healthy' });
    let isLoaded = false;
    const loading = worker.load().then(() => {
      isLoaded = true;
    });
    expect((await worker.server.request('/ping')).status).toBe(200);
    expect(isLoaded).toBe(false);
    await loading;
    await worker.close(10);
  });

  test.each([
    ['before it has loaded anything', async () => {}],
    ['while it loads', (worker: ReturnType<typeof create>) => void worker.load()],
  ])('that ends %s takes nothing more, and has nothing to wait for', async (_, begin) => {
    const worker = create();
    await begin(worker);
    const closing = worker.close(60_000);
    const response = await worker.server.request('/invocations', {
      method: 'POST',
      headers,
      body: JSON.stringify(questionOf({ messageTs: '1766458026.240809' })),
    });
    expect([response.status, await response.json()]).toMatchObject([503, { status: 'refused' }]);
    await closing;
  });
});
