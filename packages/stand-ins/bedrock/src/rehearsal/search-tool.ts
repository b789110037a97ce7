import type { ToolSpec } from '../runtime/converse-request.ts';
import { nounsOf } from './tool-nouns.ts';
import { plainName, toolStems } from './tool-stems.ts';

const freeText = /^(?:q|query|question|search|search_?(?:text|term|query)|text|keywords?|topic)$/i;

/** A tool that wants free text and looks it up. Where the text may be left out, it is a list to choose from. */
export function isSearchTool({ name, description = '', inputSchema }: ToolSpec): boolean {
  const { required = [] } = (inputSchema.json ?? {}) as { required?: readonly string[] };
  return required.some((property) => freeText.test(property)) && toolStems(`${plainName({ name })} ${description}`).has('search');
}

/** The search tool that fits a question best; one that searches documents, unless the question names what another one finds. */
export function searchToolFor(question: string, tools: readonly ToolSpec[]): ToolSpec | undefined {
  const asked = toolStems(question);
  const scoreOf = (tool: ToolSpec) => {
    const named = [...toolStems(plainName(tool))].filter((stem) => asked.has(stem)).length;
    const described = [...toolStems(tool.description ?? '')].filter((stem) => asked.has(stem)).length;
    return named * 3 + described + (isGeneral(tool) ? 0.5 : 0);
  };
  const searches = tools.filter(isSearchTool);
  const isNamed = (tool: ToolSpec) => nounsOf(tool).length > 0 && nounsOf(tool).every((noun) => asked.has(noun));
  const fitting = searches.some(isGeneral) ? searches.filter((tool) => isGeneral(tool) || isNamed(tool)) : searches;
  return fitting.sort((a, b) => scoreOf(b) - scoreOf(a))[0];
}

function isGeneral(tool: ToolSpec): boolean {
  return /\b(?:knowledge|documents?|documentation|handbook|wiki)\b/i.test(`${plainName(tool)} ${tool.description ?? ''}`);
}
