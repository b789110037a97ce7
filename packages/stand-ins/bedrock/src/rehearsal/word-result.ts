import type { ToolOutcome } from './conversation.ts';
import { recordsIn } from './records-in.ts';
import { tellingOf } from './telling.ts';
import { plainName } from './tool-stems.ts';
import { lineOf, type Wanted, wordRecords } from './word-records.ts';

const longestInline = 200;

/** Words what a tool returned: a value in a sentence, an object or rows by what they tell, anything else as it stands. */
export function wordResult({ name, input, text }: ToolOutcome, wanted: Wanted): string {
  const given = Object.values(input)
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .join(', ');
  if (text === '') return `**${plainName({ name })}** returned nothing${given ? ` for “${given}”` : ''}.`;
  const data = parsed(text);
  if (Array.isArray(data) && data.length > 0 && data.every(isRecord) && data.every(isFlat)) return tableOf(data);
  const records = recordsIn(data);
  if (records) return wordRecords(records, wanted, plainName({ name }).split(' ').at(-1));
  if (isRecord(data)) return objectOf(data, given);
  if (data === undefined && /^[[{]\s*[[{"]/.test(text))
    return `**${labelOf(plainName({ name }))}** returned more than I can read at once. Ask for less of it.`;
  const value = (typeof data === 'string' ? data : text).trim();
  const sentence = equationIn(value, given) ?? momentIn(value, given);
  if (sentence) return sentence;
  const isText = value.includes('\n') || value.length > longestInline || /[.!?:]$/.test(value);
  return isText ? value : `**${labelOf(plainName({ name }))}**: ${value}`;
}

/** `397.8` and `2340 * 17 / 100 = 397.8` */
function equationIn(text: string, given: string): string | undefined {
  const [, left = given, right] = /^(?:(.+?)\s*=\s*)?(-?[\d.,]+(?:e[+-]?\d+)?)$/i.exec(text) ?? [];
  return right && left ? `${code(left)} = **${right}**` : undefined;
}

const isoMoment = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/;

/** A date and time as a sentence. What is written for people wins over an ISO stamp beside it, which is dropped. */
function momentIn(text: string, given: string): string | undefined {
  const stamp = isoMoment.exec(text)?.[0];
  const words = text.replace(/[[(]?\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?[\])]?/g, '').trim();
  const place = /^[A-Z][A-Za-z]+\/[\w/]+$/.test(given) ? ` in ${(given.split('/').at(-1) ?? '').replaceAll('_', ' ')}` : '';
  if (/\d{1,2}:\d\d/.test(words) && words.length < longestInline) return `It is **${words}**${place}.`;
  if (!stamp || words.length > 40) return undefined;
  const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(`${stamp.slice(0, 10)}T00:00:00Z`));
  return `It is **${stamp.slice(11, 16)}** on ${date}${words ? ` (${words.replace(/^[[(]|[\])]$/g, '')})` : place}.`;
}

/** A count in a sentence, a thing with a name by what it tells, any other object key by key. */
function objectOf(data: Record<string, unknown>, given: string): string {
  const [[key, value] = [], ...others] = Object.entries(data);
  if (key !== undefined && others.length === 0 && isRecord(value)) return objectOf(value, given);
  if (others.length === 0 && typeof value === 'number') return `${labelOf(key ?? '')}: **${value}**${given ? ` for ${code(given)}` : ''}.`;
  const isThing = ['key', 'title', 'name', 'summary', 'displayName'].some((name) => typeof data[name] === 'string');
  if (isThing && Object.keys(data).length > 3) {
    const telling = tellingOf(data);
    return [lineOf(telling).replace(/^- /, ''), telling.text ?? ''].filter((part) => part !== '').join('\n\n');
  }
  return Object.entries(data)
    .map(([name, field]) => `- **${labelOf(name)}**: ${inline(field)}`)
    .join('\n');
}

const mostColumns = 5;

function isFlat(row: Record<string, unknown>): boolean {
  return Object.keys(row).length <= mostColumns && Object.values(row).every((value) => typeof value !== 'object' || value === null);
}

function tableOf(rows: readonly Record<string, unknown>[]): string {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(keys.map(labelOf)),
    line(keys.map(() => '---')),
    ...rows.map((row) => line(keys.map((key) => inline(row[key] ?? '').replaceAll('|', '\\|')))),
  ].join('\n');
}

function inline(value: unknown): string {
  return typeof value === 'object' && value !== null ? code(JSON.stringify(value)) : String(value).replace(/\s*\n\s*/g, ' ');
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

function labelOf(key: string): string {
  const words = key.replaceAll(/[_-]+/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
