import { fileURLToPath } from 'node:url';
import { createAgentCoreRuntime } from '@vera/agent-core-stand-in/create-agent-core-runtime';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createTestClock } from '@vera/stand-in-kit/clock';
import { expect, it } from 'vitest';
import { names } from '../../src/names.ts';

const environment = {
  PLATFORM: 'v2',
  SECRET_ID: 'none',
  LEDGER_TABLE: 'none',
  AUDIT_TABLE: 'none',
  AUDIT_DAYS: '400',
  COMPANY_NAME: 'Northwind',
  MODEL_ID: names.modelId,
};
const runtime = {
  arn: names.runtimeArn,
  name: names.worker,
  entry: fileURLToPath(new URL('../../../../../dist/worker/main.mjs', import.meta.url)),
  environment,
  platform: 'v2' as const,
  warmup: '/warmup',
  idleSeconds: 60,
};

it('D1 restored three days after its snapshot, a worker tells no time from before, and its session lives as long as one that is new', async () => {
  const clock = createTestClock(Math.floor(Date.now() / 1000) * 1000);
  await using agentCore = await createAgentCoreRuntime({ record: createCallRecord(), clock, runtimes: [runtime], onLog: () => {} });
  const ends: unknown[] = [];
  agentCore.onSession(({ state, end }) => state === 'ended' && ends.push(end));
  await clock.advance(3 * 86_400_000);
  const restored = clock.now() / 1000;
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=invoker/20260101/us-east-1/bedrock-agentcore/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
    'x-amzn-bedrock-agentcore-runtime-session-id': 's'.repeat(33),
  };
  const path = `/runtimes/${encodeURIComponent(names.runtimeArn)}/invocations`;
  const answer = await fetch(`${agentCore.url}${path}`, { method: 'POST', headers, body: 'no question' });
  // Whatever it is asked, it is in use from then on.
  expect([answer.status, await answer.text()]).toEqual([424, expect.stringContaining('Received error (415)')]);
  await clock.advance(56_000);
  expect(ends).toEqual([]);
  const told = new Set(agentCore.pings.map(({ timeOfLastUpdate }) => timeOfLastUpdate));
  expect(told.size).toBe(1);
  for (const time of told) {
    expect(time).toBeGreaterThanOrEqual(restored);
    expect(time).toBeLessThan(restored + 60);
  }
  await clock.advance(120_000);
  await expect.poll(() => ends).toEqual(['idle']);
}, 60_000);
