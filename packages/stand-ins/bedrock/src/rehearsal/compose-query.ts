import { wordsOf } from '@vera/stand-in-kit/language/words-of';
import { condense } from './condense.ts';

export interface ComposedQuery {
  readonly text: string;
  /** The words of the question that went into it. */
  readonly words: string;
}

/** What stands in a question, and the condition of JQL that says it. */
const conditions: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/\b(?:in|of|on|for|project)\s+(?:project\s+)?([A-Z][A-Z0-9]{1,9})\b(?!-\d)/, ([, key]) => `project = ${key}`],
  [/\bbugs?\b/i, () => 'issuetype = Bug'],
  [/\bepics?\b/i, () => 'issuetype = Epic'],
  [/\btasks?\b/i, () => 'issuetype = Task'],
  [/\bstor(?:y|ies)\b/i, () => 'issuetype = Story'],
  [/\bin progress\b/i, () => 'statusCategory = "In Progress"'],
  [/\b(?:done|closed|resolved|finished)\b/i, () => 'statusCategory = Done'],
  [/\b(?:open|unresolved|unfinished)\b(?! (?:an?|another|the|this|it)\b)/i, () => 'statusCategory != Done'],
  [/\b(?:highest|urgent) priority\b/i, () => 'priority = Highest'],
  [/\bhigh(?:er)? priority\b/i, () => 'priority in (Highest, High)'],
  [/\b(?:last|past|this) week\b/i, () => 'updated >= -7d'],
  [/\b(?:last|past|this) month\b/i, () => 'updated >= -30d'],
  [/\btoday\b/i, () => 'updated >= startOfDay()'],
];
const kinds = /\b(?:issues?|tickets?|bugs?|tasks?|epics?|stor(?:y|ies))\b/i;
const fillers = new Set(
  'count number total list show issue issues ticket tickets jira confluence page pages search article articles'.split(' '),
);

/** JQL for a question about issues; undefined when it names no condition. */
export function jqlFor(clause: string): ComposedQuery | undefined {
  if (!kinds.test(clause)) return undefined;
  const met = conditions.flatMap(([pattern, condition]) => {
    const match = pattern.exec(clause);
    return match ? [{ words: match[0], condition: condition(match) }] : [];
  });
  const said = met.map(({ words }) => words).join(' ');
  // Words that are no condition are a topic only where something is looked for: "who opened the ticket?" looks for nothing.
  const topic = met.length > 0 || /\b(?:find|search|about|mention\w*|look(?:ing)? for)\b|["“]/i.test(clause) ? topicOf(clause, said) : '';
  const all = [...met.map(({ condition }) => condition), ...(topic === '' ? [] : [`text ~ "${topic}"`])];
  const words = `${said} ${topic} ${kinds.exec(clause)?.[0]}`;
  return all.length === 0 ? undefined : { text: all.join(' AND '), words };
}

/** CQL for a question that names Confluence or its pages. */
export function cqlFor(clause: string): ComposedQuery | undefined {
  if (!/\bconfluence\b|\b(?:wiki|confluence) pages?\b/i.test(clause)) return undefined;
  const topic = topicOf(clause, '');
  return topic === '' ? undefined : { text: `type = page AND text ~ "${topic}"`, words: `${topic} confluence page` };
}

/** What is left of a clause when the words for conditions and for things of the tool are gone. */
function topicOf(clause: string, said: string): string {
  const quoted = /["“]([^"”]{3,80})["”]/.exec(clause)?.[1];
  if (quoted) return quoted.replace(/["\\]/g, ' ').trim();
  const known = new Set(wordsOf(said));
  return condense(clause)
    .split(' ')
    .filter((word) => wordsOf(word).every((part) => !known.has(part) && !fillers.has(part)))
    .join(' ')
    .replace(/["\\]/g, ' ')
    .trim();
}
