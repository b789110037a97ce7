import { meaningOf } from '@vera/stand-in-kit/language/meaning';
import { meaningsOf, salientWordsOf, wordsOf } from '@vera/stand-in-kit/language/words-of';
import type { Conversation } from './conversation.ts';
import { type Named, namedIn } from './named-in.ts';
import type { Story } from './scene.ts';
import { isFollowUp } from './search-words.ts';
import { stories } from './stories.ts';

/** A story that a part of a question asks for, with what the part names. */
export interface Match {
  readonly story: Story;
  readonly named: Named;
  /** The part. */
  readonly text: string;
}

export interface Matches {
  readonly stories: readonly Match[];
  /** The parts of the question that ask for no story. */
  readonly rest: readonly string[];
}

const mostRemembered = 6;

/** The stories that a question asks for, as a whole or part by part. What came before is kept in mind: "and for platform?" asks again. */
export function matchStories(question: string, { earlier }: Pick<Conversation, 'earlier'>): Matches {
  const before = earlier.slice(-mostRemembered).reduce<readonly Match[]>((known, { text }) => matchAll(text, known).stories, []);
  return matchAll(question, before);
}

function matchAll(question: string, before: readonly Match[]): Matches {
  const whole = matchOne(question, before);
  if (whole) return { stories: [whole], rest: [] };
  const parts = partsOf(question).filter((part) => salientWordsOf(part).length > 0 || matchOne(part, before));
  const matched = parts.map((part) => ({ part, match: matchOne(part, before) }));
  return { stories: matched.flatMap(({ match }) => match ?? []), rest: matched.flatMap(({ part, match }) => (match ? [] : [part])) };
}

/** The sentences of a message, and what "and" joins in them. */
export function partsOf(question: string): string[] {
  return question.split(/[?!;\n]+|\.\s+|,?\s+(?:and|also|then)\s+/i).filter((part) => /\w/.test(part));
}

function matchOne(text: string, before: readonly Match[]): Match | undefined {
  for (const story of stories) {
    const named = story.asked.map((asked) => asks(text, asked, story, before)).find((found) => found !== undefined);
    if (named) return { story, named, text };
  }
  for (const { story, named } of before) {
    const { named: own, words } = namedIn(text, thingsOf(story));
    if (Object.keys(own).length > 0 && leftOf(text, words).length === 0) return { story, named: { ...named, ...own }, text };
  }
  return undefined;
}

/** What the text names where it asks in these words; a follow-up may leave to the question before it what it is about. */
function asks(text: string, asked: string, story: Story, before: readonly Match[]): Named | undefined {
  const present = new Set(wordsOf(text).map(meaningOf));
  if (!wordsOf(asked).every((word) => present.has(meaningOf(word)))) return undefined;
  const { named: own, words } = namedIn(text, thingsOf(story));
  const { needs } = story;
  const borrowed = needs && isFollowUp(text) ? before.find((match) => match.named[needs])?.named[needs] : undefined;
  const named: Named = { ...(needs && borrowed ? { [needs]: borrowed } : {}), ...own };
  if (needs && named[needs] === undefined) return undefined;
  return leftOf(text, `${asked} ${words}`).length === 0 ? named : undefined;
}

function thingsOf({ names = [], needs }: Story): readonly (keyof Named)[] {
  return needs ? [needs, ...names] : names;
}

const fillers = meaningsOf('list all open current jira pagerduty ticket issue question today read');

function leftOf(text: string, words: string): string[] {
  const said = new Set(wordsOf(words).map(meaningOf));
  return salientWordsOf(text).filter((word) => !said.has(meaningOf(word)) && !fillers.has(meaningOf(word)));
}
