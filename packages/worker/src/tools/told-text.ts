import { shorten, textLimits } from '@vera/protocol/shorten';
import { redact } from '@vera/service-kit/redact';
import { isObject } from '../is-object.ts';
import { plainName } from '../plain-name.ts';

/** What others wrote, on a card that everybody in the thread reads: one bounded line, no secrets, no mention and no link. */
export function toldText(text: string, limit: number = textLimits.line): string {
  return plainName(String(redact(shorten(text, textLimits.toolError))).replace(/[[\]]/g, ' '), limit);
}

/** What a call looks for, in quotation marks: of a tool we did not write, the first text it is given. */
export function mainArgument(input: unknown): string | undefined {
  if (!isObject(input)) return undefined;
  const [, value] = Object.entries(input).find(([, one]) => typeof one === 'string' && one.trim() !== '') ?? [];
  return value === undefined ? undefined : quoted(String(value));
}

function quoted(text: string): string {
  return `“${toldText(text, textLimits.quote)}”`;
}

/** How much came of a call, where that can be counted. */
export function entriesIn(text: string): string | undefined {
  const value = parsed(text);
  const lists = isObject(value) ? Object.values(value).filter(Array.isArray) : [value].filter(Array.isArray);
  const [list, ...more] = lists;
  return list === undefined || more.length > 0 ? undefined : counted(list.length, 'entry', 'entries');
}

export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
