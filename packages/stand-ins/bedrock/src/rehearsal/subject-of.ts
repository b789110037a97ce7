import { meaningsOf } from '@vera/stand-in-kit/language/words-of';
import type { Conversation } from './conversation.ts';

/** What a thread speaks of: a title and what was said about it. */
export interface Subject {
  readonly title: string;
  readonly facts: readonly string[];
  readonly url?: string;
  /** It is something that broke. */
  readonly isIncident: boolean;
}

const pronoun = /^(?:it|this|that|them|these|those|the (?:first|last|other)(?: one)?|the (?:incident|alert|problem|outage|issue))\b[\s,]*/i;
const connector = /^(?:about|for|on|of|regarding|because of|because|with|called|titled|named|saying|that says|that|:)\s+/i;
const place =
  /,?\s*\b(?:in|to) (?:the )?(?:project )?[A-Z][A-Z0-9]{1,9}\b(?:\s+project)?|,?\s*\bwith (?:\w+ )?priority(?: \w+)?|,?\s*\bplease\b/g;
const broken = /\b(?:triggered|acknowledged|urgency|offline|outage|incident|down|failing|fails?)\b/i;
const longestTitle = 200;

/** What a request is about: its own words, or the thing of the thread that they or "it" point to. */
export function subjectOf(words: string, { answers, earlier }: Pick<Conversation, 'answers' | 'earlier'>): Subject | undefined {
  const own = ownWordsOf(words);
  const items = answers.toReversed().flatMap(itemsOf);
  if (own !== '') return items.find((item) => isMeant(own, item)) ?? { title: capitalised(own), facts: [], isIncident: broken.test(own) };
  const last = earlier.at(-1)?.text;
  return items[0] ?? (last === undefined ? undefined : { title: capitalised(last), facts: [], isIncident: broken.test(last) });
}

/** What stands behind `about`, `for` or `that`; empty when it only points at the thread. */
function ownWordsOf(words: string): string {
  const quoted = /["“]([^"”]{3,200})["”]/.exec(words)?.[1];
  if (quoted) return quoted;
  const behind = words
    .replace(
      /^(?:(?:an?|the|new|another|jira|confluence|one)\s+)*[\w-]*\s*?\b(?:ticket|issue|bug|task|story|epic|page|article|request|report)\b[\s,]*/i,
      '',
    )
    .replace(place, '')
    .trim();
  const told = behind
    .replace(connector, '')
    .replace(pronoun, '')
    .replace(/^(?:the|an?)\s+/i, '')
    .trim();
  return told.replace(/[\s.!?]+$/, '').slice(0, longestTitle);
}

/** The items of a list in an answer, those that tell of something broken first. */
function itemsOf(answer: string): Subject[] {
  const lines = answer.split('\n').filter((line) => /^\s*[-•*]\s+\S/.test(line));
  const subjects = lines.map(subjectIn);
  return [...subjects.filter(({ isIncident }) => isIncident), ...subjects.filter(({ isIncident }) => !isIncident)];
}

/** `• *<https://…|Title>*: fact, fact`, in Markdown, in Slack's form, or as a person reads it. */
function subjectIn(line: string): Subject {
  const url = /https?:\/\/[^\s|>)\]]+/.exec(line)?.[0];
  const plain = line
    .replace(/^\s*[-•*]\s+/, '')
    .replace(/<https?:[^|>]*\|([^>]*)>/g, '$1')
    .replace(/\[([^\]]*)\]\(https?:[^)]*\)/g, '$1')
    .replace(/\s*[(<]https?:[^\s)>]*[)>]/g, '');
  const [, bold, rest = ''] = /^\*{1,2}(.+?)\*{1,2}:?\s*(.*)$/.exec(plain) ?? [];
  const facts = (bold === undefined ? '' : rest).split(/,\s+(?!\d)/).map((fact) => fact.trim());
  const title = (bold ?? plain).trim().slice(0, longestTitle);
  return { title, facts: facts.filter((fact) => fact !== ''), isIncident: broken.test(rest || plain), ...(url ? { url } : {}) };
}

function isMeant(own: string, { title, facts }: Subject): boolean {
  const words = [...meaningsOf(own)];
  const told = meaningsOf(`${title} ${facts.join(' ')}`);
  return words.length > 0 && words.filter((word) => told.has(word)).length > words.length / 2;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
