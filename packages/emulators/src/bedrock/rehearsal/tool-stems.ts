import { stem } from '../language/stem.ts';
import { salientWordsOf } from '../language/words-of.ts';
import type { ToolSpec } from '../runtime/converse-request.ts';

const oneMeaning: readonly (readonly string[])[] = [
  ['time', 'date', 'day', 'today', 'tonight', 'clock', 'weekday', 'hour', 'oclock'],
  ['calculate', 'compute', 'arithmetic', 'math', 'maths', 'sum', 'evaluate'],
  ['search', 'find', 'lookup', 'retrieve', 'query'],
];

const meanings = new Map(oneMeaning.flatMap(([first = '', ...rest]) => [first, ...rest].map((word) => [stem(word), stem(first)] as const)));

/** The stem of a word, or of the word that stands for its meaning among tools. */
export function toolStem(word: string): string {
  const own = stem(word);
  return meanings.get(own) ?? own;
}

export function toolStems(text: string): Set<string> {
  return new Set(salientWordsOf(text).map(toolStem));
}

/** A tool's name without the gateway's prefix, as in `jira___search`. */
export function plainName({ name }: Pick<ToolSpec, 'name'>): string {
  return (name.split('___').at(-1) ?? name).replaceAll(/[_-]+/g, ' ');
}
