import { salientWordsOf } from '../language/words-of.ts';
import type { ToolChoice, ToolSpec } from '../runtime/converse-request.ts';
import { asksForNow } from './asks-for-now.ts';
import type { Conversation } from './conversation.ts';
import { type Filled, fillArguments } from './fill-arguments.ts';
import { searchText } from './search-text.ts';
import { isSearchTool, searchToolFor } from './search-tool.ts';
import { timeZoneIn } from './time-zone-in.ts';
import { plainName, toolStem, toolStems } from './tool-stems.ts';

export interface PlannedCall {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The tools to call for a question: special ones for the parts they cover, a search for the rest. */
export function planCalls(conversation: Conversation, choice: ToolChoice = {}): PlannedCall[] {
  const { question, tools } = conversation;
  const forced = tools.find(({ name }) => name === choice.tool?.name);
  if (forced) return [{ name: forced.name, input: filledFor(forced, question, conversation)?.input ?? {} }];
  const calls: PlannedCall[] = [];
  const rest: string[] = [];
  for (const clause of clausesOf(question)) {
    const special = specialCall(clause, conversation);
    if (special) calls.push(special);
    else rest.push(clause);
  }
  const left = calls.length === 0 ? question : rest.join(', ');
  const search = salientWordsOf(left).length > 0 || calls.length === 0 ? searchToolFor(left, tools) : undefined;
  const filled = search && filledFor(search, left, conversation);
  return [...calls, ...(filled ? [{ name: search.name, input: filled.input }] : [])];
}

function clausesOf(question: string): string[] {
  return question.split(/[?!;\n]+|\.\s+|,?\s+(?:and|also|then)\s+/i).filter((clause) => salientWordsOf(clause).length > 0);
}

/** "How long does it take?" names a measure that tools have in their descriptions, but means a fact of a document. */
const asksForMeasure = /\bhow (?:long|often|many|much|far|big)\b/i;

/** A tool whose name, description and arguments account for more than half of what a clause says, or for every word of its own name. */
function specialCall(clause: string, conversation: Conversation): PlannedCall | undefined {
  const words = salientWordsOf(clause);
  const fitting = conversation.tools
    .filter((tool) => !isSearchTool(tool) && (!isClock(tool) || wantsClock(clause, conversation.earlier)))
    .flatMap((tool) => {
      const filled = filledFor(tool, clause, conversation);
      return filled ? [{ tool, filled, share: shareOf(words, tool, filled) }] : [];
    })
    .filter(({ filled }) => filled.words.length > 0 || !asksForMeasure.test(clause))
    .filter(({ tool, share }) => share > 0.5 || isNamedIn(words, tool))
    .sort((a, b) => b.share - a.share);
  return fitting[0] && { name: fitting[0].tool.name, input: fitting[0].filled.input };
}

function isClock(tool: ToolSpec): boolean {
  return toolStems(plainName(tool)).has(toolStem('time'));
}

/** "And in Berlin?" asks for the time there, when the time was asked for before. */
function wantsClock(clause: string, earlier: Conversation['earlier']): boolean {
  if (asksForNow(clause)) return true;
  const place = timeZoneIn(clause);
  const rest = salientWordsOf(clause).filter((word) => !salientWordsOf(place?.words ?? '').includes(word));
  return place !== undefined && rest.length === 0 && asksForNow(earlier.at(-1)?.text ?? '');
}

function filledFor(tool: ToolSpec, clause: string, conversation: Conversation): Filled | undefined {
  const { query, context } = searchText(clause, conversation);
  return fillArguments(tool, { clause, query: `${query} ${context}`.trim() });
}

function shareOf(words: readonly string[], tool: ToolSpec, { words: used }: Filled): number {
  const known = toolStems(`${plainName(tool)} ${tool.description ?? ''}`);
  const explained = words.filter((word) => used.includes(word) || known.has(toolStem(word)));
  return words.length === 0 ? 0 : explained.length / words.length;
}

function isNamedIn(words: readonly string[], tool: ToolSpec): boolean {
  const stems = new Set(words.map(toolStem));
  const name = [...toolStems(plainName(tool))];
  return name.length > 1 && name.every((part) => stems.has(part));
}
