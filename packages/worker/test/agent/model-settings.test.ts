import { expect, test } from 'vitest';
import { createBedrockModel, modelSettings } from '../../src/agent/bedrock-model.ts';

test.each([
  'us.anthropic.claude-sonnet-5-5',
  'global.anthropic.claude-opus-5-5',
  'eu.anthropic.claude-fable-5-1',
  'anthropic.claude-haiku-5',
  'us.anthropic.claude-opus-4-7',
  'us.anthropic.claude-opus-4-8',
  'us.anthropic.claude-sonnet-10-1',
  'us.anthropic.claude-opus-5-20270101-v1:0',
  'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123def456',
  'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-5-5',
])('%s is asked without the temperature it refuses', (modelId) => {
  expect(modelSettings(modelId, 4_096)).toEqual({ modelId, maxTokens: 4_096 });
});

test.each([
  'us.anthropic.claude-sonnet-4-6',
  'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
  'global.anthropic.claude-haiku-4-5-20251001-v1:0',
  'us.anthropic.claude-opus-4-6',
  'amazon.nova-pro-v1:0',
])('%s is asked with a low temperature', (modelId) => {
  expect(modelSettings(modelId, 4_096)).toEqual({ modelId, maxTokens: 4_096, temperature: 0.2 });
});

const isCaching = (modelId: string) => createBedrockModel(modelSettings(modelId, 4_096), { region: 'us-east-1' }).isCaching;

test.each([
  'us.anthropic.claude-sonnet-5-5',
  'apac.anthropic.claude-sonnet-4-20250514-v1:0',
  'us.anthropic.claude-opus-4-1-20250805-v1:0',
  'us.anthropic.claude-3-7-sonnet-20250219-v1:0',
  'us.anthropic.claude-3-5-haiku-20241022-v1:0',
  'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-5-5',
  'us.amazon.nova-premier-v1:0',
])('M34 %s gets a cache point in its instructions', (modelId) => expect(isCaching(modelId)).toBe(true));

test.each([
  'anthropic.claude-3-haiku-20240307-v1:0',
  'anthropic.claude-instant-v1',
  'anthropic.claude-v2:1',
  'us.amazon.nova-2-lite-v1:0',
  'us.deepseek.r1-v1:0',
  'us.meta.llama4-scout-17b-instruct-v1:0',
  'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123def456',
])('M34 %s gets none, as it might refuse the whole request', (modelId) => expect(isCaching(modelId)).toBe(false));
