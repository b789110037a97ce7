import { hasSecretShape } from '../secrets/secret-shapes.ts';

/** Longer values are cut in the middle: names differ at their ends. */
const longest = 140;

/**
 * Text from a plan as a code span: there Markdown, HTML, links and @mentions mean nothing. Whatever the text holds, it stays on one
 * line and inside the span.
 */
export function code(text: string, most = longest): string {
  // Where a text came by another way than the attributes that are masked, this is the last door.
  if (hasSecretShape(text)) return '(not shown)';
  const visible = shortened(text, most).replaceAll(invisible, escaped).replaceAll('<!--', '<! --');
  if (visible.trim() === '') return visible === '' ? '`""`' : `\`"${visible}"\``;
  const fence = '`'.repeat(1 + longestRun(visible));
  const pad = /^[` ]|[` ]$/.test(visible) ? ' ' : '';
  return `${fence}${pad}${visible}${pad}${fence}`;
}

/** Plain where nothing can be read as Markdown, a link or a reference, else a code span. */
export function words(text: string): string {
  return /^[a-z]+(?:[ -][a-z]+)*$/i.test(text) && text.length <= longest ? text : code(text);
}

/** "a, b and c" */
export function enumerated(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** "a, b, c and 12 more" */
export function firstOf(items: readonly string[], most: number): string {
  if (items.length <= most) return enumerated(items);
  return most === 0 ? `${count(items.length)} of them` : `${items.slice(0, most).join(', ')} and ${count(items.length - most)} more`;
}

export function counted(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

export function count(number: number): string {
  return number.toLocaleString('en-US');
}

/** Its beginning and its end, in whole characters. */
function shortened(given: string, most: number): string {
  const text = given.toWellFormed();
  if (text.length <= most) return text;
  const tail = Math.floor(most / 3);
  const start = text.slice(0, most - tail).replace(/[\ud800-\udbff]$/, '');
  return `${start}…${text.slice(text.length - tail).replace(/^[\udc00-\udfff]/, '')}`;
}

/** Control and formatting characters, among them line ends and those that turn the reading direction. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu;
const familiar = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function escaped(character: string): string {
  return familiar.get(character) ?? `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** How much of a list is written, and where the rest of it stands, if it stands anywhere. */
export type Room = { readonly lines: number; readonly rest?: string };

/** A Markdown list of at most so many lines, and how many more there are. */
export function bulleted(lines: readonly string[], { lines: most, rest }: Room, indent = ''): string[] {
  const shown = lines.length <= most ? lines : lines.slice(0, most);
  const left = lines.length - shown.length;
  return [...shown.map((line) => `${indent}- ${line}`), ...(left === 0 ? [] : [`${indent}- ${leftOut(left, rest)}`])];
}

/** "and 12 lines more, which the summary of the run shows" */
export function leftOut(lines: number, rest: string | undefined): string {
  return `and ${counted(lines, 'line')} more${rest === undefined ? '' : `, which ${rest} shows`}`;
}

/** Lines behind a line that opens them. */
export function folded(summary: string, lines: readonly string[]): string[] {
  return ['<details>', `<summary>${summary}</summary>`, '', ...lines, '', '</details>', ''];
}
