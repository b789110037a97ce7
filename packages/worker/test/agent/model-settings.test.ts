import { expect, test } from 'vitest';
import { modelSettings } from '../../src/agent/bedrock-model.ts';

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
