import { shorten, textLimits } from '@vera/protocol/shorten';

const dateFields = [
  ...['created', 'createddate', 'updated', 'updateddate', 'due', 'duedate', 'resolved', 'resolutiondate'],
  ...['lastviewed', 'statuscategorychangeddate', 'startdate', 'start date', 'worklogdate', 'fixversion.releasedate'],
];
const comparisons = ['=', '!=', '>', '>=', '<', '<='];
const historyWords = ['after', 'before', 'on', 'during'];
const advice =
  'Write a period back in minutes, hours, days or weeks (-30m, -4h, -180d, -8w; months and years in days: six months are -180d), ' +
  'a day as "2026-01-31", a minute as "2026-01-31 14:30" in quotes, or a function such as startOfMonth(-1).';

/**
 * What is wrong with the dates and quotes of a JQL query, in words for the model; undefined when nothing is. Jira reads `-6M` as six
 * minutes, and then answers without an error.
 */
export function jqlProblem(jql: string): string | undefined {
  const tokens = jqlTokens(jql);
  if (!tokens) return 'A quotation mark in the JQL is not closed.';
  let isHistory = false;
  for (const [index, token] of tokens.entries()) {
    const problem = isComparison(token, isHistory)
      ? dateProblem(valueAt(tokens, index + 1), dateFields.includes(nameBefore(tokens, index)))
      : functionProblem(token, tokens, index);
    // `status changed after -6d`, `status was Done during ("2026-01-01", "2026-02-01")`
    isHistory ||= !token.isQuoted && /^(?:was|changed)$/i.test(token.text);
    if (problem !== undefined) return `${problem} ${advice}`;
  }
  return undefined;
}

function isComparison({ text, isQuoted }: JqlToken, isHistory: boolean): boolean {
  return !isQuoted && (comparisons.includes(text) || (isHistory && historyWords.includes(text.toLowerCase())));
}

function nameBefore(tokens: readonly JqlToken[], index: number): string {
  const [before, isHistory] = [tokens[index - 1]?.text ?? '', historyWords.includes(tokens[index]?.text.toLowerCase() ?? '')];
  return isHistory ? 'created' : before.toLowerCase();
}

/** A list of dates holds the two ends of `during`; of a longer one its beginning is looked at. */
const mostInList = 30;

/** What stands behind an operator: one word, or two that make a period (`-1w 2d`) or lack quotation marks; of `during` both ends. */
function valueAt(tokens: readonly JqlToken[], start: number): readonly JqlToken[] {
  if (tokens[start]?.text === '(' && !tokens[start]?.isQuoted) {
    const list = tokens.slice(start + 1, start + 1 + mostInList);
    const end = list.findIndex(({ text }) => text === ')');
    return list.slice(0, end < 0 ? undefined : end).filter(({ text }) => text !== ',');
  }
  const first = tokens[start];
  // A function's name is checked where it stands.
  return first && !(tokens[start + 1]?.text === '(' && !first.isQuoted) ? [first] : [];
}

function dateProblem(values: readonly JqlToken[], isDated: boolean): string | undefined {
  for (const { text, isQuoted } of values) {
    const looksLikePeriod = /^[+-]\s*\d+(?:\.\d+)?\s*[a-z]+/i.test(text);
    if (!isDated && !looksLikePeriod) continue;
    // A bare long number is milliseconds of the epoch.
    if (/^(?:empty|null|\d{10,})$/i.test(text) || isPeriod(text) || isDate(text, isQuoted)) continue;
    return `"${shorten(text, textLimits.quote)}" is no date that Jira understands.`;
  }
  return undefined;
}

function isPeriod(text: string): boolean {
  return /^[+-]?\d+[wdhm](?:\s*\d+[wdhm])*$/.test(text.trim());
}

function isDate(text: string, isQuoted: boolean): boolean {
  const [, year, , month, day, hour = '0', minute = '0'] =
    /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?: (\d{1,2}):(\d{2}))?$/.exec(text.trim()) ?? [];
  // A bare slash or blank ends a word of JQL.
  if (year === undefined || (!isQuoted && /[/ ]/.test(text))) return false;
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const isDay = m >= 1 && m <= 12 && d >= 1 && d <= new Date(Date.UTC(y, m, 0)).getUTCDate();
  return isDay && Number(hour) < 24 && Number(minute) < 60;
}

/** `startOfMonth(-1)`, `endOfWeek("+2w")`: here, and only here, months and years are units. */
function functionProblem({ text, isQuoted }: JqlToken, tokens: readonly JqlToken[], index: number): string | undefined {
  if (isQuoted || !/^(?:start|end)of(?:day|week|month|year)$/i.test(text) || tokens[index + 1]?.text !== '(') return undefined;
  const shift = tokens[index + 2]?.text ?? ')';
  const isFine = shift === ')' || (/^[+-]?\d+[yMwdhm]?$/.test(shift) && tokens[index + 3]?.text === ')');
  return isFine ? undefined : `${text}(${shorten(shift, textLimits.quote)}) is no function call that Jira understands.`;
}

interface JqlToken {
  /** Of a quoted one what stands between the marks. */
  readonly text: string;
  readonly isQuoted: boolean;
}

const pattern = /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(!=|>=|<=|!~|[=<>~(),])|([^\s"'=<>~(),!]+|!))/y;

/** The words, strings and signs of a JQL query; undefined where a quotation mark is not closed. */
function jqlTokens(jql: string): readonly JqlToken[] | undefined {
  const tokens: JqlToken[] = [];
  const text = jql.trimEnd();
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const [, double, single, sign, word] = pattern.exec(text) ?? [];
    const quoted = double ?? single;
    const plain = sign ?? word;
    if (quoted !== undefined) tokens.push({ text: quoted.replace(/\\(.)/g, '$1'), isQuoted: true });
    else if (plain !== undefined) tokens.push({ text: plain, isQuoted: false });
    else return undefined;
  }
  return tokens;
}
