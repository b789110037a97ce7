import { stem } from '@vera/stand-in-kit/language/stem';
import { salientWordsOf } from '@vera/stand-in-kit/language/words-of';
import type { ToolSpec } from '../runtime/converse-request.ts';

const oneMeaning: readonly (readonly string[])[] = [
  ['time', 'date', 'day', 'today', 'tonight', 'clock', 'weekday', 'hour', 'oclock'],
  ['calculate', 'compute', 'arithmetic', 'math', 'maths', 'sum', 'evaluate'],
  ['search', 'find', 'lookup', 'retrieve', 'query'],
  ['incident', 'fire', 'burning', 'outage'],
  ['issue', 'ticket', 'bug'],
];

const meanings = new Map(oneMeaning.flatMap(([first = '', ...rest]) => [first, ...rest].map((word) => [stem(word), stem(first)] as const)));

/** The stem of a word, or of the word that stands for its meaning among tools. */
export function toolStem(word: string): string {
  const own = stem(word);
  return meanings.get(own) ?? own;
}

export function toolStems(text: string): Set<string> {
  return new Set(toolWordsOf(text).map(toolStem));
}

/** The words of a text that carry meaning; "on call" is one of them, and "how many" asks to count. */
export function toolWordsOf(text: string): string[] {
  return salientWordsOf(text.replace(/\bon[\s_-]?call(?:s|ers?)?\b/gi, ' oncall ').replace(/\bhow many\b/gi, ' count '));
}

/** A tool's name as words, without the gateway's prefix, as in `jira___searchIssues`. */
export function plainName({ name }: Pick<ToolSpec, 'name'>): string {
  const own = name.split('___').at(-1) ?? name;
  return own
    .replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .replaceAll(/[_-]+/g, ' ');
}
