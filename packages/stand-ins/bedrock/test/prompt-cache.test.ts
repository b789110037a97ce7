import { ConverseCommand, type ConverseCommandInput, type TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type BedrockRuntimeEmulator, createBedrockRuntime } from '../src/create-bedrock-runtime.ts';
import { scriptedModel } from '../src/scripted-model.ts';
import { bedrockClient } from './clients.ts';
import { converseInput, says } from './converse-input.ts';

let bedrock: BedrockRuntimeEmulator;
let time = 0;

beforeAll(async () => {
  bedrock = await createBedrockRuntime({ record: createCallRecord(), model: scriptedModel(() => 'Fine.'), now: () => time });
});
beforeEach(() => bedrock.reset());
afterAll(() => bedrock[Symbol.asyncDispose]());

const cachePoint = { cachePoint: { type: 'default' as const } };
const system = [{ text: 'You are Vera. '.repeat(400) }, cachePoint];

async function usageOf(changes: Partial<ConverseCommandInput>): Promise<TokenUsage | undefined> {
  return (await bedrockClient(bedrock.url).send(new ConverseCommand(converseInput(changes)))).usage;
}

it('a long prefix is written once and read afterwards', async () => {
  expect(await usageOf({ system })).toMatchObject({ cacheReadInputTokens: 0, cacheWriteInputTokens: 1400, inputTokens: 8 });
  const again = await usageOf({ system, messages: [says('Something else?')] });
  expect(again).toMatchObject({ cacheReadInputTokens: 1400, cacheWriteInputTokens: 0, inputTokens: 4 });
  expect(again?.totalTokens).toBe(1400 + 4 + (again?.outputTokens ?? 0));
});

it('a prefix is forgotten after five minutes without use', async () => {
  await usageOf({ system });
  time += 300_001;
  expect(await usageOf({ system })).toMatchObject({ cacheReadInputTokens: 0, cacheWriteInputTokens: 1400 });
});

it('a prefix below the minimum of the model is not cached', async () => {
  const short = [{ text: 'You are Vera.' }, cachePoint];
  await usageOf({ system: short });
  expect(await usageOf({ system: short })).toMatchObject({ cacheReadInputTokens: 0, cacheWriteInputTokens: 0 });
  const haiku = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
  expect(await usageOf({ system, modelId: haiku })).toMatchObject({ cacheWriteInputTokens: 0 });
});

it('another tool in front of it makes a prefix unknown', async () => {
  const tool = { toolSpec: { name: 'clock', description: 'Tells the time.', inputSchema: { json: { type: 'object' } } } };
  await usageOf({ system });
  expect(await usageOf({ system, toolConfig: { tools: [tool] } })).toMatchObject({ cacheReadInputTokens: 0 });
});

it('a growing conversation reads what the turn before wrote, though the cache point moved on', async () => {
  const first = { role: 'user' as const, content: [{ text: 'Tell me all. '.repeat(400) }, cachePoint] };
  const written = (await usageOf({ messages: [first] }))?.cacheWriteInputTokens;
  const next = { role: 'user' as const, content: [{ text: 'And then?' }, cachePoint] };
  const messages = [{ ...first, content: first.content.slice(0, 1) }, says('All.', 'assistant'), next];
  expect(await usageOf({ messages })).toMatchObject({ cacheReadInputTokens: written, cacheWriteInputTokens: 4, inputTokens: 0 });
});

it('what is read lives on as long as it was written for', async () => {
  await usageOf({ system });
  time += 200_000;
  await usageOf({ system });
  time += 200_000;
  expect(await usageOf({ system })).toMatchObject({ cacheReadInputTokens: 1400 });

  const long = [{ text: 'You are Vera too. '.repeat(400) }, { cachePoint: { type: 'default' as const, ttl: '1h' as const } }];
  const written = (await usageOf({ system: long }))?.cacheWriteInputTokens;
  time += 3_000_000;
  await usageOf({ system: long });
  time += 3_000_000;
  expect(await usageOf({ system: long })).toMatchObject({ cacheReadInputTokens: written });
});

it('a long life goes before a short one', async () => {
  const message = { role: 'user' as const, content: [{ text: 'Who is on call?' }, cachePoint] };
  const lasting = [{ text: 'You are Vera. '.repeat(400) }, { cachePoint: { type: 'default' as const, ttl: '1h' as const } }];
  expect(await usageOf({ system: lasting, messages: [message] })).toMatchObject({ cacheWriteInputTokens: 1404 });
});

it.each(['us.meta.llama3-3-70b-instruct-v1:0', 'anthropic.claude-3-haiku-20240307-v1:0'])('%s refuses cache points', async (modelId) => {
  await expect(usageOf({ system, modelId })).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('did not allow prompt caching'),
  });
  expect(await usageOf({ system: system.slice(0, 1), modelId })).toMatchObject({ cacheWriteInputTokens: 0 });
});

it('Nova takes a cache point in the system prompt', async () => {
  const nova = { modelId: 'us.amazon.nova-pro-v1:0', system };
  await usageOf(nova);
  expect(await usageOf(nova)).toMatchObject({ cacheReadInputTokens: 1400 });
});
