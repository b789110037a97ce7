import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createLog } from '@vera/service-kit/log';
import { expect, test, vi } from 'vitest';
import { rehearsedAws } from '../../src/rehearsal/aws-answers.ts';
import { warmUp } from '../../src/rehearsal/warm-up.ts';
import { northwindPrompt } from '../agent/northwind-prompt.ts';

test('a rehearsed turn calls a tool and answers, and neither connects to anything nor leaves anything behind', async () => {
  const connected: unknown[] = [];
  const watch = (socket: unknown) => void connected.push(socket);
  subscribe('net.client.socket', watch);
  const fetched = vi.spyOn(globalThis, 'fetch');
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ service: 'worker', write: (line) => lines.push(JSON.parse(line)) });
  try {
    const before = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    await warmUp({ modelId: 'us.anthropic.claude-sonnet-5-5', toSystemPrompt: northwindPrompt }, log);
    expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length).toBeLessThanOrEqual(before);
  } finally {
    unsubscribe('net.client.socket', watch);
  }
  expect(lines).toMatchObject([{ event: 'worker.rehearsed', level: 'info' }]);
  expect(connected).toEqual([]);
  expect(fetched.mock.calls).toEqual([['data:,']]);
});

test('a rehearsal that fails is told, and what is loaded stays', async () => {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ service: 'worker', write: (line) => lines.push(JSON.parse(line)) });
  const toSystemPrompt = () => {
    throw new Error('no prompt');
  };
  await warmUp({ modelId: 'us.anthropic.claude-sonnet-5-5', toSystemPrompt }, log);
  expect(lines).toMatchObject([{ event: 'worker.not-rehearsed', level: 'warn' }]);
});

test('what the rehearsal’s model sends is what Bedrock would send: the SDK reads it', async () => {
  const { BedrockRuntimeClient, ConverseStreamCommand } = await import('@aws-sdk/client-bedrock-runtime');
  const client = new BedrockRuntimeClient(rehearsedAws());
  const events: string[] = [];
  for (let call = 0; call < 2; call += 1) {
    const { stream = [] } = await client.send(new ConverseStreamCommand({ modelId: 'any', messages: [] }));
    for await (const event of stream as AsyncIterable<object>) events.push(Object.keys(event)[0] ?? '');
  }
  expect(events.filter((name) => name === 'contentBlockDelta')).toHaveLength(2);
  expect(events.at(-1)).toBe('metadata');
});
