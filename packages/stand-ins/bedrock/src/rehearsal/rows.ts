import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import type { Outcome } from './conversation.ts';

/** The objects of a list in what a tool returned, as JSON; none where it is of another form. */
export function rowsIn(json: string, list: string): readonly JsonObject[] {
  const rows = objectIn(json)?.[list];
  return Array.isArray(rows) ? rows.filter(isJsonObject) : [];
}

export function objectIn(json: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A value that is a name, or an object's own name. */
export function nameOf(value: unknown): string | undefined {
  if (typeof value === 'string' && value.trim() !== '') return value.replace(/\s+/g, ' ').trim();
  if (typeof value === 'number') return String(value);
  if (!isJsonObject(value)) return undefined;
  return ['displayName', 'summary', 'name', 'title'].map((key) => nameOf(value[key])).find((name) => name !== undefined);
}

/** A name as a link, where an address is known. Brackets would end its words, asterisks its weight. */
export function linked(name: string, url: unknown): string {
  const plain = name.replaceAll('[', '(').replaceAll(']', ')').replaceAll('*', '∗');
  return typeof url === 'string' && /^https?:/.test(url) ? `[${plain}](${url})` : plain;
}

/** `- **name**: fact, fact`, without the facts that are not known. */
export function lineOf(name: string, facts: readonly (string | undefined | false)[]): string {
  const told = facts.filter((fact) => typeof fact === 'string' && fact !== '').join(', ');
  return `- **${name}**${told === '' ? '' : `: ${told}`}`;
}

/** `text value` where the value has a name. */
export function worded(text: string, value: unknown): string | undefined {
  const name = nameOf(value);
  return name === undefined ? undefined : `${text}${name}`;
}

/** `Mon 30 Nov, 09:00 UTC` of an ISO moment, as the wall clock of its own offset shows it; undefined for anything else. */
export function momentOf(value: unknown): string | undefined {
  const [, day, time, zone = 'Z'] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)[\d:.]*(Z|[+-]\d\d:?\d\d)?)?$/.exec(String(value)) ?? [];
  if (day === undefined) return undefined;
  const format = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
  const told = format.format(new Date(`${day}T00:00:00Z`)).replace(',', '');
  return time === undefined ? told : `${told}, ${time} UTC${/^(?:Z|[+-]00:?00)$/.test(zone) ? '' : zone}`;
}

/** A tool's name as words, without the gateway's prefix, as in `gateway_jira___searchIssues`. */
export function plainName(name: string): string {
  const own = (name.split('___').at(-1) ?? name).replaceAll(/[_-]+/g, ' ');
  return own.replace(/(?<=[a-z0-9])[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}

/** Why a result says nothing; undefined for one that does. */
export function failureOf({ name, failed, text }: Outcome): string | undefined {
  const tool = `My tool **${plainName(name)}**`;
  if (!failed) return text === '' || (name.includes('___') && !objectIn(text)) ? `${tool} returned nothing that I can read.` : undefined;
  // A short and plain reason is passed on; anything that may hold an address, a name of a resource or a key is not.
  const said = /"errorMessages":\["([^"]+)/.exec(text)?.[1] ?? text.trim();
  const first = /^(?:\w*Error: )?(.+?)(?:[.!]\s|[.!]?$)/m.exec(said)?.[1] ?? '';
  const isHarmless = first !== '' && first.length <= 160 && !/arn:|:\/\/|[\w+/-]{20,}|[{}<>]/.test(first);
  return isHarmless ? `${tool} could not do this: ${first}.` : `${tool} did not work just now. Please try again in a moment.`;
}
