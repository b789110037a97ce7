import { questionNames } from '@vera/protocol/span-names';

/**
 * All that a span may say, by name: GenAI conventions v0.1.0 (https://github.com/open-telemetry/semantic-conventions-genai, still in development,
 * so that it stands in one place), MCP's of the same, and our own. What is not in here leaves with no span.
 */
export const names = {
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  model: 'gen_ai.request.model',
  agent: 'gen_ai.agent.name',
  finishReasons: 'gen_ai.response.finish_reasons',
  /** Seconds. */
  firstChunk: 'gen_ai.response.time_to_first_chunk',
  /** With what was read from the cache and written into it; of `chat` alone, so that a sum over a trace is what it came to. */
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
  cacheRead: 'gen_ai.usage.cache_read.input_tokens',
  cacheWritten: 'gen_ai.usage.cache_creation.input_tokens',
  tool: 'gen_ai.tool.name',
  toolCall: 'gen_ai.tool.call.id',
  dataSource: 'gen_ai.data_source.id',
  mcpMethod: 'mcp.method.name',
  error: 'error.type',
  ...questionNames,
  server: 'vera.mcp.server',
} as const;

export type SpanName = (typeof names)[keyof typeof names];

/** What a span is of; its name begins with it. */
export type Operation = 'chat' | 'invoke_agent' | 'execute_tool' | 'retrieval' | 'search_memory' | 'create_memory';

/**
 * How the agent library (1.19, without its switch to newer names) calls the same on spans of its own. None of those leaves: they say usage on the
 * agent's span once more, and hold prompts. Where something of the library is read, this is what it means.
 */
const olderNames: Readonly<Record<string, SpanName>> = {
  'gen_ai.system': names.provider,
  'gen_ai.usage.prompt_tokens': names.inputTokens,
  'gen_ai.usage.completion_tokens': names.outputTokens,
  'gen_ai.usage.cache_read_input_tokens': names.cacheRead,
  'gen_ai.usage.cache_write_input_tokens': names.cacheWritten,
};

const known: ReadonlySet<string> = new Set(Object.values(names));

/** The name under which something leaves; undefined: it does not. */
export function nameOf(given: string): string | undefined {
  return known.has(given) ? given : olderNames[given];
}
