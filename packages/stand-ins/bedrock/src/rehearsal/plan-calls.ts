import { salientWordsOf } from '@vera/stand-in-kit/language/words-of';
import type { ToolChoice } from '../runtime/converse-request.ts';
import type { Conversation } from './conversation.ts';
import { filledFor, lookupsFor } from './lookups-for.ts';
import { requestIn } from './request-in.ts';
import { leansOnWords } from './search-text.ts';
import { searchToolFor } from './search-tool.ts';

export interface PlannedCall {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The tools to call for what a question asks: special ones for the parts they cover, a search for the rest. */
export function planCalls(conversation: Conversation, choice: ToolChoice = {}): PlannedCall[] {
  const { question, tools } = conversation;
  const forced = tools.find(({ name }) => name === choice.tool?.name);
  if (forced) return [{ name: forced.name, input: filledFor(forced, question, conversation)?.input ?? {} }];
  const calls: PlannedCall[] = [];
  const rest: string[] = [];
  for (const clause of clausesOf(question)) {
    const { calls: special, isWhole } = lookupsFor(clause, conversation);
    calls.push(...special.filter(({ name }) => !calls.some((call) => call.name === name)));
    if (!isWhole) rest.push(clause);
  }
  const left = calls.length === 0 || leansOnWords(rest.join(', ')) ? question : rest.join(', ');
  const search = salientWordsOf(left).length > 0 || calls.length === 0 ? searchToolFor(left, tools) : undefined;
  const filled = search && filledFor(search, left, conversation);
  return [...calls, ...(filled ? [{ name: search.name, input: filled.input }] : [])];
}

/** The parts of a question that ask; what tells us to do something is not among them. */
export function clausesOf(question: string): string[] {
  if (requestIn(question)) return [];
  return question
    .split(/[?!;\n]+|\.\s+|,?\s+(?:and|also|then)\s+/i)
    .filter((clause) => salientWordsOf(clause).length > 0 && !requestIn(clause));
}
