import type * as z from 'zod';
import { nearestOf } from './nearest-of.ts';

/** What is wrong with settings, and where. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/** What a schema found, in words that name the way there. */
export function problemsOf(issues: readonly Issue[], above: readonly (string | number)[] = []): Problem[] {
  return issues.flatMap((issue) => {
    const path = [...above, ...(issue.path as (string | number)[])];
    return issue.code === 'invalid_union' && issue.errors.length > 0
      ? problemsOfUnion(issue.errors, path)
      : [{ path, message: wordsOf(issue) }];
  });
}

/** Of several shapes the one that was nearly met; where none of them fits at all, what each would be. */
function problemsOfUnion(options: readonly (readonly Issue[])[], path: readonly (string | number)[]): Problem[] {
  if (options.every((issues) => issues.length === 1 && issues[0]?.path.length === 0))
    return [{ path, message: [...new Set(options.flat().map(wordsOf))].join('; or: ') }];
  if (options.flat().every(isMissing)) {
    const needed = options.map((issues) => issues.map((issue) => issue.path.join('.')).join(' and '));
    return [{ path, message: `${needed.join(' or ')} is needed` }];
  }
  const [nearest = []] = [...options].sort((a, b) => a.length - b.length);
  return problemsOf(nearest, path);
}

function isMissing({ code, input }: Issue): boolean {
  return (code === 'invalid_type' || code === 'invalid_value') && input === undefined;
}

/** In place of zod's own words, which are a programmer's. What was given is not repeated: it may be a key. */
function wordsOf(issue: Issue): string {
  if (isMissing(issue)) return 'this is missing';
  if (issue.code === 'invalid_type' && isOfZod(issue)) return kinds[issue.expected] ?? issue.message;
  if ((issue.code === 'too_small' || issue.code === 'too_big') && isOfZod(issue)) return wordsOfSize(issue);
  if (issue.code === 'invalid_format' && isOfZod(issue)) return formats[issue.format] ?? 'it has another form than this needs';
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element') return 'one of its names or parts has another form than this needs';
  if (issue.code === 'invalid_value') return wordsOfChoice(issue, issue.input, issue.values);
  // A check of ours says by `params` what there was to choose from.
  if (issue.code === 'custom' && Array.isArray(issue.params?.values)) return wordsOfChoice(issue, issue.params.given, issue.params.values);
  return issue.message;
}

const isOfZod = ({ message }: Issue) => /^(?:Invalid |Too (?:small|big))/.test(message);

const kinds: Readonly<Record<string, string>> = {
  string: "a text is needed, in quotes: '…'",
  number: 'a number is needed, without quotes',
  int: 'a whole number is needed',
  boolean: 'true or false is needed, without quotes',
  array: 'a list is needed: […]',
  object: 'an object is needed: {…}',
  record: 'an object is needed: {…}',
};

type SizeIssue = Extract<Issue, { code: 'too_small' | 'too_big' }>;

/** `60 or more is needed, and 30 was given`; of a text or a list only how long it may be. */
function wordsOfSize(issue: SizeIssue): string {
  const [border, than, bound] = issue.code === 'too_small' ? [issue.minimum, 'more', 'at least'] : [issue.maximum, 'less', 'at most'];
  if (issue.origin === 'string') return border === 1 ? 'a text is needed' : `${bound} ${border} characters are needed`;
  if (typeof issue.input !== 'number') return border === 1 ? 'at least one is needed' : `${bound} ${border} are needed`;
  const limit = issue.inclusive === false ? `${than} than ${border}` : `${border} or ${than}`;
  return `${limit} is needed, and ${issue.input} was given`;
}

const formats: Readonly<Record<string, string>> = {
  url: 'an address is needed: https://…',
  email: 'an e-mail address is needed',
  uuid: 'a UUID is needed',
};

function wordsOfChoice(issue: Issue, given: unknown, values: readonly unknown[]): string {
  const own = isOfZod(issue) ? [] : [issue.message];
  const nearest = nearestAmong(given, values);
  if (nearest !== undefined) return [...own, nearest].join('; ');
  return own[0] ?? `${values.length === 1 ? '' : 'one of '}${values.map(quoted).join(', ')} is needed`;
}

function nearestAmong(given: unknown, values: readonly unknown[]): string | undefined {
  const texts = values.filter((value) => typeof value === 'string');
  const meant = typeof given === 'string' ? nearestOf(given, texts) : undefined;
  if (meant !== undefined) return `did you mean '${meant}'?`;
  const numbers = values.filter((value) => typeof value === 'number');
  if (typeof given !== 'number' || numbers.length === 0) return undefined;
  const below = numbers.filter((value) => value < given);
  const above = numbers.filter((value) => value > given);
  const nearest = [below.length > 0 ? [Math.max(...below)] : [], above.length > 0 ? [Math.min(...above)] : []].flat();
  return `nearest to ${given}: ${nearest.join(' and ')}`;
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}
