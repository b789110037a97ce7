import type { ToolSpec } from '../runtime/converse-request.ts';
import { plainName, toolStems } from './tool-stems.ts';

const freeText = /^(?:q|query|question|search|search_?(?:text|term|query)|text|keywords?|topic)$/i;

/** A tool that takes free text and looks it up. */
export function isSearchTool({ name, description = '', inputSchema }: ToolSpec): boolean {
  const { properties = {} } = (inputSchema.json ?? {}) as { properties?: object };
  return (
    Object.keys(properties).some((property) => freeText.test(property)) && toolStems(`${plainName({ name })} ${description}`).has('search')
  );
}

/** The search tool that fits a question best; without any hint, one that searches documents. */
export function searchToolFor(question: string, tools: readonly ToolSpec[]): ToolSpec | undefined {
  const asked = toolStems(question);
  const scoreOf = (tool: ToolSpec) => {
    const named = [...toolStems(tool.name)].filter((stem) => asked.has(stem)).length;
    const described = [...toolStems(tool.description ?? '')].filter((stem) => asked.has(stem)).length;
    const isGeneral = /\b(?:knowledge|documents?|documentation|handbook|wiki)\b/i.test(`${plainName(tool)} ${tool.description ?? ''}`);
    return named * 3 + described + (isGeneral ? 0.5 : 0);
  };
  return tools.filter(isSearchTool).sort((a, b) => scoreOf(b) - scoreOf(a))[0];
}
