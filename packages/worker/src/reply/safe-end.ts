import { isFenceLine, isHeading, isTableRow, stateOf } from './markdown-state.ts';

/** A construct longer than this is taken for stray punctuation. */
export const longestInline = 1_000;

/**
 * How much of `text` may be shown while more is to come: up to a word's end, never inside a link, inline code, a table row or
 * the line of a fence, nor below the header of a table or a heading, so that a message can end there.
 */
export function safeEnd(text: string): number {
  return aboveHeads(text.slice(0, endOfWords(text)));
}

/** The end of the text, or where headings and the header of a table begin that stand at its end with nothing below them yet. */
function aboveHeads(text: string): number {
  if (!text.endsWith('\n') || stateOf(text).fence) return text.length;
  const lines = text.slice(0, -1).split('\n');
  const rows = lines.length - 1 - lines.findLastIndex((line) => !isTableRow(line));
  // Header and delimiter; with a third row the table may show.
  if (rows > 2) return text.length;
  let first = lines.length - rows;
  for (let at = first - 1; at >= 0 && isHeadingOrBlank(lines[at] ?? ''); at -= 1) if (isHeading(lines[at] ?? '')) first = at;
  return lines.slice(0, first).reduce((length, line) => length + line.length + 1, 0);
}

function isHeadingOrBlank(line: string): boolean {
  return line.trim() === '' || isHeading(line);
}

function endOfWords(text: string): number {
  const lineStart = text.lastIndexOf('\n') + 1;
  const line = text.slice(lineStart);
  if (line === '') return text.length;
  if (stateOf(text).fence) return isMaybeFence(line) ? lineStart : afterLastSpace(text, lineStart);
  if (isTableRow(line) || isMaybeFence(line) || isHeading(`${line} `)) return lineStart;
  return lineStart + endOfInline(line);
}

function isMaybeFence(line: string): boolean {
  return isFenceLine(line) || /^[\s>]*(`{1,2}|~{1,2})$/.test(line);
}

function afterLastSpace(text: string, from: number): number {
  const space = text.lastIndexOf(' ');
  return space < from ? from : space + 1;
}

/** A space, or a character of a script that is written without them. */
const wordEnd = /[ \u3001-\u30ff\u3400-\u9fff\uff01-\uff60]/;

/** Where brackets open in the last line that never close, as far as can be told: so much came behind them that they are taken for text. */
export function strayBrackets(text: string): number[] {
  const lineStart = text.lastIndexOf('\n') + 1;
  const line = text.slice(lineStart);
  const stray: number[] = [];
  for (let at = 0; at < line.length && line.length - at > longestInline; ) {
    const next = endOfConstruct(line, at);
    if (next === undefined && line[at] === '[') stray.push(lineStart + at);
    at = next ?? at + 1;
  }
  return stray;
}

/** After the last word's end that is neither inside nor behind an unfinished link, image, autolink or code span. */
function endOfInline(line: string): number {
  let end = 0;
  for (let at = 0; at < line.length; ) {
    const next = endOfConstruct(line, at) ?? (line.length - at > longestInline ? at + 1 : undefined);
    if (next === undefined) break;
    if (wordEnd.test(line[at] ?? '')) end = next;
    at = next;
  }
  return end;
}

/** The index after the construct (or the single character) at `at`; undefined when it is not finished. */
export function endOfConstruct(line: string, at: number): number | undefined {
  const character = line[at];
  // A backslash takes nothing from a link in Slack's own form.
  if (character === '\\') return at + (line[at + 1] === '<' ? 1 : 2);
  if (character === '`') return endOfCode(line, at);
  if (character === '[') return endOfLink(line, at);
  if (character === '<' && /^<(https?:|mailto:|[@#!])/.test(line.slice(at, at + 8))) return after(line.indexOf('>', at));
  return at + 1;
}

function endOfCode(line: string, at: number): number | undefined {
  const ticks = /^`+/.exec(line.slice(at))?.[0] ?? '`';
  return after(line.indexOf(ticks, at + ticks.length), ticks.length);
}

/** Brackets may stand in brackets, and in angle brackets or quotation marks any: so a renderer reads them. */
function endOfLink(line: string, at: number): number | undefined {
  const close = endOfBracket(line, at, '[', ']');
  if (close === undefined || close >= line.length) return undefined;
  return line[close] === '(' ? endOfBracket(line, close, '(', ')') : close;
}

function endOfBracket(line: string, from: number, open: string, close: string): number | undefined {
  let depth = 0;
  for (let at = from; at < line.length && at - from <= longestInline; at += 1) {
    const sign = line[at];
    if (sign === '\\') at += 1;
    else if (sign === open) depth += 1;
    else if (sign === close) depth -= 1;
    else if (open === '(') at = endOfQuotation(line, at);
    if (depth === 0) return at + 1;
  }
  return undefined;
}

/** In the address of a link: where what begins here in angle brackets or quotation marks ends, or `at` where nothing of the kind begins. */
function endOfQuotation(line: string, at: number): number {
  const [before = '', sign = ''] = line.slice(at - 1, at + 1);
  const isQuoted = sign === '<' ? /[(\s]/.test(before) : /["']/.test(sign) && /\s/.test(before);
  if (!isQuoted) return at;
  const end = line.indexOf(sign === '<' ? '>' : sign, at + 1);
  return end === -1 ? line.length : end;
}

function after(index: number, length = 1): number | undefined {
  return index === -1 ? undefined : index + length;
}
