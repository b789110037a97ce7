import type { ToolSpec } from '../runtime/converse-request.ts';
import { actionOf } from './acting-tools.ts';
import type { Conversation } from './conversation.ts';
import { type Filled, fillArguments } from './fill-arguments.ts';
import type { PlannedCall } from './plan-calls.ts';
import { searchText } from './search-text.ts';
import { isSearchTool } from './search-tool.ts';
import { hasKey, isClock, suitsQuestion } from './suits-question.ts';
import { nounsOf } from './tool-nouns.ts';
import { plainName, toolStem, toolStems, toolWordsOf } from './tool-stems.ts';

export interface Lookups {
  readonly calls: readonly PlannedCall[];
  /** They answer the clause whole, so that no document needs to be searched for it. */
  readonly isWhole: boolean;
}

const asksForOne = /^\W*(?:so |and )?(?:what|when|where)(?:['’]s| is| was| were| did| does)\b/i;
const asksForState = /\b(?:any\w*|open|ongoing|current(?:ly)?|now|list|show)\b/i;
/** What an issue has in its own system, and not in a document about it. */
const ownFact = /\b(?:status|state|priority|assign\w*|owner|show|read|comments?|labels?|due|updated?)\b/i;

/** The calls of tools, other than searches, that fit a clause. Most clauses have none. */
export function lookupsFor(clause: string, conversation: Conversation): Lookups {
  const fitting = conversation.tools.flatMap((tool) => fitOf(tool, clause, conversation)).sort((a, b) => weightOf(b) - weightOf(a));
  const [best, second] = fitting;
  if (!best) return { calls: [], isWhole: false };
  // A tool whose description quotes the question is called together with the one that is named after what it asks for.
  const chosen = second && best.isInvited && !best.named && !second.isInvited ? [best, second] : [best];
  return { calls: chosen.map(({ tool, filled }) => ({ name: tool.name, input: filled.input })), isWhole: isSure(best, clause) };
}

interface Fit {
  readonly tool: ToolSpec;
  readonly filled: Filled;
  /** How much of the clause the tool accounts for. */
  readonly share: number;
  /** `whole`: what the tool is about is said in full. `hardly`: one word of it that may as well be the subject of a document. */
  readonly named: 'whole' | 'hardly' | undefined;
  readonly isInvited: boolean;
}

/**
 * A tool fits whose name, description and arguments account for more than half of what a clause says, or whose whole name is said, or
 * whose description quotes it.
 */
function fitOf(tool: ToolSpec, clause: string, conversation: Conversation): Fit[] {
  if (isSearchTool(tool) || actionOf(tool) !== undefined) return [];
  const filled = filledFor(tool, clause, conversation);
  if (!filled || !suitsQuestion(tool, clause, filled, conversation.earlier)) return [];
  const share = shareOf(toolWordsOf(clause), tool, filled);
  const isInvited = quotesIn(tool).some((quote) => clause.toLowerCase().includes(quote));
  const named = namedIn(clause, tool, share);
  return share > 0.5 || named || isInvited ? [{ tool, filled, share, named, isInvited }] : [];
}

function weightOf({ share, named, isInvited }: Fit): number {
  const ofName = named === 'whole' ? 1.5 : 1;
  return share + (isInvited ? 2 : 0) + (named ? ofName : 0);
}

function isSure({ tool, filled, share, named, isInvited }: Fit, clause: string): boolean {
  if (isClock(tool) || isInvited) return true;
  if (filled.words.length > 0) return !hasKey(filled) || ownFact.test(clause);
  return (named === 'whole' || share > 0.5) && !asksForOne.test(clause);
}

export function filledFor(tool: ToolSpec, clause: string, conversation: Conversation): Filled | undefined {
  const { query, context } = searchText(clause, conversation);
  return fillArguments(tool, { clause, query: `${query} ${context}`.trim() });
}

function shareOf(words: readonly string[], tool: ToolSpec, { words: used }: Filled): number {
  const known = toolStems(`${plainName(tool)} ${tool.description ?? ''}`);
  const counted = words.filter((word) => toolStem(word) !== toolStem('day') && !['week', 'month'].includes(word));
  const told = counted.length > 0 ? counted : words;
  const explained = told.filter((word) => used.includes(word) || known.has(toolStem(word)));
  return told.length === 0 ? 0 : explained.length / told.length;
}

function namedIn(clause: string, tool: ToolSpec, share: number): Fit['named'] {
  const stems = toolStems(clause);
  const name = [...toolStems(plainName(tool))];
  const nouns = nounsOf(tool);
  if (name.length > 1 && name.every((part) => stems.has(part))) return 'whole';
  if (nouns.length === 0 || !nouns.every((noun) => stems.has(noun))) return undefined;
  if (nouns.length > 1 || nouns[0] === toolStem('oncall')) return 'whole';
  return share >= 0.5 && asksForState.test(clause) ? 'hardly' : undefined;
}

/** What a description says it is for, as in: Start here for 'is anything on fire'. */
function quotesIn({ description = '' }: ToolSpec): string[] {
  return [...description.matchAll(/(?<=^|[\s(])['‘“"]([^'’”"]{8,60})['’”"]/g)].map(([, quote = '']) => quote.toLowerCase());
}
