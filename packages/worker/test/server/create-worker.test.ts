import { createLog } from '@vera/service-kit/log';
import { describe, expect, test } from 'vitest';
import { createWorker } from '../../src/create-worker.ts';
import { workerEnv } from '../../src/env.ts';
import { northwindPrompt } from '../agent/northwind-prompt.ts';
import { questionOf } from '../question.ts';

const env = workerEnv.parse({
  SECRET_ID: 'none',
  LEDGER_TABLE: 'none',
  AUDIT_TABLE: 'none',
  AUDIT_DAYS: '400',
  COMPANY_NAME: 'Northwind',
  MODEL_ID: 'us.anthropic.claude-sonnet-5-5',
});
const headers = { 'content-type': 'application/json', 'x-amzn-bedrock-agentcore-runtime-session-id': 's'.repeat(64) };
const create = (platform: 'v1' | 'v2' = 'v1') =>
  createWorker({ ...env, PLATFORM: platform }, northwindPrompt, createLog({ service: 'worker', write: () => {} }));
const pinged = async ({ server }: ReturnType<typeof create>) => (await server.request('/ping')).status;

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

  test.each<['v1' | 'v2', number]>([
    ['v1', 200],
    ['v2', 503],
  ])('of %s is told %i by its ping until everything is loaded, healthy from then on', async (platform, before) => {
    const worker = create(platform);
    expect(await pinged(worker)).toBe(before);
    const loading = worker.load();
    expect(await pinged(worker)).toBe(before);
    await loading;
    expect(await pinged(worker)).toBe(200);
  });

  test('that is warmed up by the build hook has not to be warmed up again, and is healthy once it is loaded', async () => {
    const worker = create('v2');
    const response = await worker.server.request('/warmup', { method: 'POST' });
    expect([response.status, await response.json()]).toEqual([200, { status: 'warm' }]);
    expect(await pinged(worker)).toBe(503);
    const started = performance.now();
    await worker.load();
    expect(performance.now() - started).toBeLessThan(50);
    expect(await pinged(worker)).toBe(200);
  });

  test('D2 makes nothing of its settings before the first invocation: no client, no cache, no clock', async () => {
    const read = new Set<string | symbol>();
    const given = { ...env, PLATFORM: 'v2' as const };
    const watched = new Proxy(given, {
      get(target, name) {
        read.add(name);
        return Reflect.get(target, name);
      },
    });
    const worker = createWorker(watched, northwindPrompt, createLog({ service: 'worker', write: () => {} }));
    await worker.load();
    await pinged(worker);
    expect([...read]).toEqual(['PLATFORM', 'MODEL_ID']);
    const body = JSON.stringify(questionOf({ messageTs: '1766458026.240809' }));
    await worker.server.request('/invocations', { method: 'POST', headers, body });
    expect(read).toContain('LEDGER_TABLE');
    await worker.close(0);
  });
});
