import { isJsonObject } from '@vera/stand-in-kit/json-object';
import { meaningsOf } from '@vera/stand-in-kit/language/words-of';
import type { ToolDefinition } from './tools-of.ts';

const most = 10;

/** The tool that finds tools; AgentCore adds it to a gateway whose search type is SEMANTIC. */
export const searchTool: ToolDefinition = {
  name: 'x_amz_bedrock_agentcore_search',
  description:
    'A special tool that returns a trimmed down list of tools given a context. Use this tool only when there are many tools available and you want to get a subset that matches the provided context.',
  inputSchema: {
    type: 'object',
    properties: { query: { type: 'string', description: 'search query to use for finding tools' } },
    required: ['query'],
  },
};

/** The tools nearest to a query, nearest first. AgentCore compares meanings by vectors, this compares words. */
export function nearestTools(query: string, tools: readonly ToolDefinition[]): ToolDefinition[] {
  const wanted = meaningsOf(query);
  return tools
    .map((tool) => ({ tool, score: scoreOf(tool, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .slice(0, most)
    .map(({ tool }) => tool);
}

function scoreOf({ name, description, inputSchema }: ToolDefinition, wanted: ReadonlySet<string>): number {
  const parameters = Object.entries(inputSchema.properties).map(([parameter, schema]) =>
    isJsonObject(schema) ? `${parameter} ${schema.description ?? ''}` : parameter,
  );
  const shared = (text: string) => [...meaningsOf(text)].filter((meaning) => wanted.has(meaning)).length;
  return shared(name.replaceAll('_', ' ')) * 4 + shared(description) * 2 + shared(parameters.join(' ')) * 0.5;
}
