import { expect, it } from 'vitest';
import { nameOf, names } from '../../src/tracing/names.ts';

/**
 * Of the GenAI and MCP conventions, as far as Vera uses them: https://github.com/open-telemetry/semantic-conventions-genai, release v0.1.0,
 * `model/gen-ai/spans.yaml` and `model/mcp/spans.yaml`; `error.type` is of the general ones.
 */
const allowed = new Set([
  'error.type',
  'gen_ai.agent.name',
  'gen_ai.conversation.id',
  'gen_ai.data_source.id',
  'gen_ai.operation.name',
  'gen_ai.provider.name',
  'gen_ai.request.model',
  'gen_ai.response.finish_reasons',
  'gen_ai.response.time_to_first_chunk',
  'gen_ai.tool.call.id',
  'gen_ai.tool.name',
  'gen_ai.usage.cache_creation.input_tokens',
  'gen_ai.usage.cache_read.input_tokens',
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.output_tokens',
  'mcp.method.name',
]);

it('names of attributes are the conventions’ own, or begin with ours', () => {
  expect(Object.values(names).filter((name) => !allowed.has(name) && !name.startsWith('vera.'))).toEqual([]);
});

it('older names of the agent library become those, and what has no name does not leave', () => {
  expect(nameOf('gen_ai.system')).toBe('gen_ai.provider.name');
  expect(nameOf('gen_ai.usage.prompt_tokens')).toBe('gen_ai.usage.input_tokens');
  expect(nameOf('gen_ai.usage.cache_write_input_tokens')).toBe('gen_ai.usage.cache_creation.input_tokens');
  expect(nameOf('gen_ai.input.messages')).toBeUndefined();
  expect(nameOf('system_prompt')).toBeUndefined();
});
