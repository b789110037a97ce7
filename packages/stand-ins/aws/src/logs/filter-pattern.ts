import { AwsError } from '../aws-error.ts';

/** Whether a log event's message fits. */
export type Fits = (message: string) => boolean;

/**
 * A filter pattern for JSON: `{ ($.question = "q-1") && ($.level != "info") }`. Equal, unequal, with `*` in texts, joined by `&&` and `||`. What else
 * there is (numbers, IS NULL, EXISTS, patterns of words) is refused here: nobody uses it yet.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html#matching-terms-json-log-events
 */
export function filterPatternOf(pattern: string): Fits {
  if (pattern.length > 1_024) throw invalid('1 validation error detected: Value at filterPattern is longer than 1024');
  if (pattern.trim() === '') return () => true;
  const [, inner] = /^\s*\{([\s\S]*)\}\s*$/.exec(pattern) ?? [];
  if (inner === undefined) throw invalid('Invalid filter pattern');
  const condition = readAll(inner);
  return (message) => {
    // A line that is no JSON, or too long to be read as such, fits none.
    const entry = parsed(message);
    return entry !== undefined && condition(entry);
  };
}

type Entry = Readonly<Record<string, unknown>>;
type Condition = (entry: Entry) => boolean;

function readAll(text: string): Condition {
  const tokens = [...text.matchAll(/\s*(&&|\|\||!=|=|\(|\)|"(?:[^"\\]|\\.)*"|\$(?:\.[\w-]+)+|\S+)/g)].map(([, token = '']) => token);
  let at = 0;
  const either = (): Condition => {
    const parts = [both()];
    while (tokens[at] === '||') {
      at += 1;
      parts.push(both());
    }
    return (entry) => parts.some((part) => part(entry));
  };
  const both = (): Condition => {
    const parts = [one()];
    while (tokens[at] === '&&') {
      at += 1;
      parts.push(one());
    }
    return (entry) => parts.every((part) => part(entry));
  };
  const one = (): Condition => {
    if (tokens[at] === '(') {
      at += 1;
      const inner = either();
      if (tokens[at] !== ')') throw invalid('Invalid filter pattern');
      at += 1;
      return inner;
    }
    const [selector = '', operator = '', value = ''] = tokens.slice(at, at + 3);
    at += 3;
    return comparison(selector, operator, value);
  };
  const condition = either();
  if (at !== tokens.length) throw invalid('Invalid filter pattern');
  return condition;
}

function comparison(selector: string, operator: string, value: string): Condition {
  if (!/^\$(?:\.[\w-]+)+$/.test(selector) || !/^!?=$/.test(operator) || !/^".*"$/s.test(value)) throw invalid('Invalid filter pattern');
  const path = selector.split('.').slice(1);
  const text = JSON.parse(value) as string;
  const form = new RegExp(`^${text.split('*').map(escaped).join('.*')}$`, 's');
  const isEqual = (entry: Entry) => {
    const found = path.reduce<unknown>((inside, name) => (inside as Entry | undefined)?.[name], entry);
    return ['string', 'number', 'boolean'].includes(typeof found) && form.test(String(found));
  };
  return operator === '=' ? isEqual : (entry) => !isEqual(entry);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function parsed(message: string): Entry | undefined {
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === 'object' && value !== null ? (value as Entry) : undefined;
  } catch {
    return undefined;
  }
}

function invalid(words: string): AwsError {
  return new AwsError(400, 'InvalidParameterException', words);
}
