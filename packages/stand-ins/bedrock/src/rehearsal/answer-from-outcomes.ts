import { meaningsOf } from '@vera/stand-in-kit/language/words-of';
import { actionOf } from './acting-tools.ts';
import { answerFromSources } from './answer-from-sources.ts';
import { condense } from './condense.ts';
import type { Conversation, ToolOutcome } from './conversation.ts';
import { callsAskedFor, changeIn } from './plan-change.ts';
import { isFollowUp, type SearchText } from './search-text.ts';
import { isSearchTool } from './search-tool.ts';
import { sectionOf } from './section-of.ts';
import { cite, type Source, sourcesIn } from './sources.ts';
import { plainName } from './tool-stems.ts';
import { wantedOf } from './wanted-of.ts';
import { wordChange } from './word-change.ts';
import { wordResult } from './word-result.ts';

/** The answer after the tools returned: plain results first, then what the documents say, and once who is speaking. */
export function answerFromOutcomes(conversation: Conversation): string {
  const { isFirstAnswer, name } = conversation;
  const changes = conversation.outcomes.filter((outcome) => isChange(outcome, conversation));
  if (changes.length > 0) return changes.map(wordChange).join('\n\n');
  const outcomes = askedFor(conversation);
  if (outcomes.length === 0) return '';
  const searches = outcomes.filter((outcome) => isSearch(outcome, conversation));
  const ordered = [...outcomes.filter((outcome) => !searches.includes(outcome) && !(outcome.failed && hasFound(searches))), ...searches];
  const honest = isFirstAnswer ? [`_I am ${name}'s rehearsal model: I quote what my tools return, I do not reason about it._`] : [];
  return [...ordered.map((outcome) => wordOutcome(outcome, conversation)), ...honest].join('\n\n');
}

/** Documents speak of it: then it does not matter that another system knows nothing under that name. */
function hasFound(searches: readonly ToolOutcome[]): boolean {
  return searches.some(({ failed, text }) => !failed && sourcesIn(text).length > 0);
}

function isChange({ name }: ToolOutcome, { tools }: Conversation): boolean {
  return actionOf(tools.find((tool) => tool.name === name) ?? { name, inputSchema: {} }) !== undefined;
}

/** Without what was looked up only to make a change. */
function askedFor(conversation: Conversation): readonly ToolOutcome[] {
  const { outcomes, question } = conversation;
  if (!changeIn(question)) return outcomes;
  const asked = callsAskedFor(conversation);
  return outcomes.filter(({ name }) => asked.some((call) => call.name === name));
}

function wordOutcome(outcome: ToolOutcome, conversation: Conversation): string {
  const { question, earlier, lastAnswer } = conversation;
  if (outcome.failed) return failureOf(outcome);
  const sources = sourcesIn(outcome.text);
  if (sources.length > 0) {
    const section = isFollowUp(question) && earlier.length > 0 ? sectionOf(lastAnswer) : undefined;
    return (
      answerFromSources({ question, text: searchedFor(outcome, question), ...(section ? { section, lastAnswer } : {}) }, sources) ??
      nothingFound(outcome, sources)
    );
  }
  return isSearch(outcome, conversation) && outcome.text.length < 200
    ? nothingFound(outcome, [])
    : wordResult(outcome, wantedOf(outcome, conversation));
}

/** What this search was for: words of the question, and those the conversation added. */
function searchedFor({ input }: ToolOutcome, question: string): SearchText {
  const asked = meaningsOf(condense(question));
  const words = Object.values(input)
    .filter((value) => typeof value === 'string')
    .flatMap((value) => value.split(' '));
  const isAsked = (word: string) => [...meaningsOf(word)].some((meaning) => asked.has(meaning));
  return { query: words.filter(isAsked).join(' '), context: words.filter((word) => !isAsked(word)).join(' ') };
}

function isSearch({ name, text }: ToolOutcome, { tools }: Conversation): boolean {
  return sourcesIn(text).length > 0 || tools.some((tool) => tool.name === name && isSearchTool(tool));
}

function nothingFound({ input }: ToolOutcome, [nearest]: readonly Source[]): string {
  const wanted = Object.values(input).find((value) => typeof value === 'string');
  const hint = nearest ? ` The nearest is “${nearest.title}” ${cite(nearest)}.` : '';
  return `I found nothing about “${wanted ?? 'this'}” in what I can search.${hint} Other words may help, or somebody in the team may know.`;
}

/** A short and plain reason is passed on; anything that may hold an address, a name of a resource or a key is not. */
function failureOf(outcome: ToolOutcome): string {
  const tool = `My tool **${plainName(outcome)}**`;
  const first = /^(?:\w*Error: )?(.+?)(?:[.!]\s|[.!]?$)/m.exec(outcome.text.trim())?.[1] ?? '';
  const isHarmless = first !== '' && first.length <= 160 && !/arn:|:\/\/|[\w+/-]{20,}|[{}<>]/.test(first);
  return isHarmless ? `${tool} could not do this: ${first}.` : `${tool} did not work just now. Please try again in a moment.`;
}
