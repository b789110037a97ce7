import { shorten, textLimits } from '@vera/protocol/shorten';
import { withoutSecrets } from '@vera/service-kit/secret-texts';
import { isObject } from '../is-object.ts';
import { plainName } from '../plain-name.ts';
import type { FoundDocument } from './tool.ts';

/** What others wrote, on a card that everybody in the thread reads: one bounded line, no secrets, no mention and no link. */
export function toldText(text: string, limit: number = textLimits.line): string {
  return plainName(shorten(withoutSecrets(text), textLimits.toolError).replace(/[[\]]/g, ' '), limit);
}

/** What a call looks for, in quotation marks: of a tool we did not write, the first text it is given. */
export function mainArgument(input: unknown): string | undefined {
  return isObject(input) ? quoted(Object.values(input).find(isSaid)) : undefined;
}

/** The same of one that is named. */
export function argument(name: string): (input: unknown) => string | undefined {
  return (input) => quoted(isObject(input) ? input[name] : undefined);
}

/** Why a call failed: what comes after the first sentence is for the model. */
export function toldFailure(text: string): string {
  return toldText(text.split(/(?<=[.!?])\s/)[0] ?? '');
}

const mostDocuments = 5;
/** Slack refuses longer ones. */
const longestAddress = 3_000;

/** What of the documents found stands on the card: each page once, those that have an address on the web. */
export function toldDocuments(found: readonly FoundDocument[]): { readonly title: string; readonly url: string }[] {
  const pages = new Map<string, { readonly title: string; readonly url: string }>();
  for (const { title, url } of found) {
    const address = URL.parse(url ?? '');
    if (!address || !/^https?:$/.test(address.protocol) || address.href.length > longestAddress) continue;
    const page = address.href.slice(0, address.href.length - address.hash.length);
    if (!pages.has(page)) pages.set(page, { title: toldText(title) || address.host, url: address.href });
  }
  return [...pages.values()].slice(0, mostDocuments);
}

function quoted(value: unknown): string | undefined {
  return isSaid(value) ? `“${toldText(value, textLimits.quote)}”` : undefined;
}

function isSaid(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
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
