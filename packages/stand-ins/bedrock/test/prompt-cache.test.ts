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
