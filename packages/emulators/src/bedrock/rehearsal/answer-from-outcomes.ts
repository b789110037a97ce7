import { answerFromSources } from './answer-from-sources.ts';
import type { Conversation, ToolOutcome } from './conversation.ts';
import { searchText } from './search-text.ts';
import { sourcesIn } from './sources.ts';
import { plainName } from './tool-stems.ts';
import { wordResult } from './word-result.ts';

/** The answer after the tools returned: plain results first, then what the documents say, and once who is speaking. */
export function answerFromOutcomes(conversation: Conversation): string {
  const { outcomes, isFirstAnswer, name } = conversation;
  const worded = outcomes.map((outcome) => ({ isQuoted: isQuoted(outcome), text: wordOutcome(outcome, conversation) }));
  const parts = [...worded.filter(({ isQuoted }) => !isQuoted), ...worded.filter(({ isQuoted }) => isQuoted)].map(({ text }) => text);
  const honest = isFirstAnswer ? [`_I am ${name}'s rehearsal model: I quote what my tools return, I do not reason about it._`] : [];
  return [...parts, ...honest].join('\n\n');
}

function wordOutcome(outcome: ToolOutcome, { question, earlier }: Conversation): string {
  if (outcome.failed)
    return `My tool **${plainName(outcome)}** did not work just now${reasonOf(outcome.text)}, so I cannot rely on it. Please try again in a moment.`;
  const sources = sourcesIn(outcome.text);
  return sources.length > 0 ? answerFromSources(question, searchText(question, earlier), sources) : wordResult(outcome);
}

function isQuoted({ failed, text }: ToolOutcome): boolean {
  return !failed && sourcesIn(text).length > 0;
}

/** A short and plain reason is passed on; anything that may hold an address, a name of a resource or a key is not. */
function reasonOf(text: string): string {
  const first =
    text
      .split('\n')[0]
      ?.trim()
      .replace(/[.\s]+$/, '') ?? '';
  return first === '' || first.length > 160 || /arn:|:\/\/|[\w+/-]{20,}|[{}<>]/.test(first) ? '' : ` (${first})`;
}
