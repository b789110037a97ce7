import { unaddressed } from '@vera/ledger/ledger';
import { asksToStop } from '@vera/protocol/asks-to-stop';
import type { Question } from '@vera/protocol/question';
import { guestWords, outsiderWords } from '@vera/slack/outsider-words';
import { saysSomething } from '../thread/says-something.ts';
import { asked, spokenIn } from '../thread/spoken.ts';
import type { Story } from './story.ts';

/** Why a question was closed that said nothing. */
export const askedNothing = 'asked-nothing';

interface FixedWords {
  readonly words: string;
  readonly reason?: string;
}

/** The whole answer where no model is needed: to outsiders, and where nothing is asked. */
export function fixedWords({
  question,
  isGuest,
  messages,
  book,
}: Pick<Story, 'question' | 'isGuest' | 'messages' | 'book'>): FixedWords | undefined {
  if (question.isExternal) return { words: isGuest ? guestWords : outsiderWords };
  // What it could have stopped is over by now.
  if (asksToStop(question)) return { words: nothingToStop, reason: unaddressed.stop };
  // An edit took its words away: what became of a change that these proposed is told.
  return book.all.length === 0 && asksNothing(question, messages) ? { words: howToAsk, reason: askedNothing } : undefined;
}

const nothingToStop = 'There is nothing left to stop here.';

const howToAsk = 'You mentioned me without a question. Write it after my name, or mention me in a thread to ask about what is said there.';

/** A mention alone; in a thread where something is said, it asks about that. */
function asksNothing(question: Question, messages: readonly Story['messages'][number][]): boolean {
  const { botUserId, messageTs, threadTs, shortcut } = question;
  if (shortcut || saysSomething(asked(question), botUserId)) return false;
  if (messageTs === threadTs) return true;
  const before = messages.filter(({ ts }) => Number(ts) < Number(messageTs));
  // A thread that could not be read may hold anything.
  return before.length > 0 && before.every((message) => message.user === botUserId || !saysSomething(spokenIn(message), botUserId));
}
