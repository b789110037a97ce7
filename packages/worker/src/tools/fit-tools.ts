import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import { markAsData } from '../mark-as-data.ts';
import { rankTools } from './rank-tools.ts';
import { type Tool, tool } from './tool.ts';

/** What a model bears in one list: so many tools, and so many characters of their definitions, some 30,000 tokens. */
const most = { tools: 128, characters: 120_000 };

export interface ToolsToFit {
  /** Always before the model. */
  readonly always: readonly Tool[];
  readonly others: readonly Tool[];
  /** What the question is about. */
  readonly about: string;
}

/**
 * All tools where they fit. Otherwise those that suit the question best, with `find_tools` to find any of the others and `use_tool` to call it;
 * the rest is hidden from the model's list, and runs all the same when it is called by its name. The list stays as it is for the whole
 * question: it is the beginning of the cached prompt.
 */
export function fitTools({ always, others, about }: ToolsToFit): readonly Tool[] {
  if (isFitting([...always, ...others])) return [...always, ...others];
  const search = [findTools(others), useTool([...always, ...others])];
  const ahead = [...always, ...search];
  const best = fitting([...ahead, ...rankTools(others, about)], most.tools).slice(ahead.length);
  const shown = new Set(best.map(({ name }) => name));
  return [...ahead, ...others.map((other) => (shown.has(other.name) ? other : { ...other, isHidden: true }))];
}

type Definition = Pick<Tool, 'name' | 'description' | 'inputSchema'>;

export function isFitting(tools: readonly Definition[]): boolean {
  return fitting(tools, most.tools).length === tools.length;
}

/** As many from the beginning as fit. */
function fitting<Fitting extends Definition>(tools: readonly Fitting[], count: number): readonly Fitting[] {
  let characters = 0;
  const end = tools.findIndex((one, index) => {
    characters += JSON.stringify([one.name, one.description, one.inputSchema]).length;
    return index >= count || characters > most.characters;
  });
  return end === -1 ? tools : tools.slice(0, end);
}

export const findToolsName = 'find_tools';
const mostFound = 10;

function findTools(tools: readonly Tool[]): Tool {
  return tool({
    name: findToolsName,
    title: 'Looking for a tool',
    description:
      `${tools.length} tools of other systems are there, more than are listed here. This finds those that fit, with their inputs; call them ` +
      'with use_tool. Call it before you say that something cannot be looked up or done.',
    inputSchema: z.object({ query: z.string().min(1).max(1_000).describe('What the tool should do, in a few words, or its name') }),
    callback: ({ query }) => told(rankTools(tools, query).slice(0, mostFound)),
  });
}

/** As many as fit, whole: half a schema is of no use. */
function told(found: readonly Tool[]): string {
  const described = found.map(({ name, description, inputSchema }) => {
    const words = shorten(description, textLimits.toolError);
    return `${name}: ${words}\nInput: ${JSON.stringify(inputSchema)}`;
  });
  let length = 0;
  const fit = described.filter((text) => {
    length += text.length;
    return length <= textLimits.toolResult - textLimits.toolError;
  });
  const left = found.slice(fit.length).map(({ name }) => name);
  return markAsData([...fit, ...(left.length > 0 ? [`Also: ${left.join(', ')}`] : [])].join('\n\n'), 'the list of tools');
}

const usage = z.object({
  name: z.string().describe('The name, as find_tools gave it'),
  input: z.record(z.string(), z.unknown()).describe('The input of that tool'),
});

function useTool(tools: readonly Tool[]): Tool {
  const byName = new Map(tools.map((one) => [one.name, one]));
  const { run: _, ...definition } = tool({
    name: 'use_tool',
    title: 'Using a tool',
    description: 'Calls a tool that find_tools found, just as if it were listed here.',
    inputSchema: usage,
    callback: () => '',
  });
  const behind = (input: unknown) => {
    const { name } = usage.pick({ name: true }).safeParse(input).data ?? {};
    return name === undefined ? undefined : byName.get(name);
  };
  return {
    ...definition,
    behind,
    async run(input, signal) {
      const inner = behind(input);
      if (!inner) return { text: 'There is no tool of this name. find_tools says which there are.', isError: true };
      const { data, error } = usage.safeParse(input);
      // Whoever stands before the inner tool, such as the write gate, stands there on this road as well.
      return data ? inner.run(data.input, signal) : { text: `The input does not fit. ${z.prettifyError(error)}`, isError: true };
    },
  };
}
