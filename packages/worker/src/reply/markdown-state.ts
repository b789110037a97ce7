import { shorten, textLimits } from '@vera/protocol/shorten';

/** What is open at the end of a piece of Markdown, and so must be closed there and opened again in the next message. */
export interface MarkdownState {
  /** The fence that opened a code block not yet closed, such as `~~~` or three backticks, with its language, and what stands before it. */
  readonly fence?: { readonly marker: string; readonly info: string; readonly indent: string };
  /** Header and delimiter row of the table the last full line belongs to. */
  readonly tableHeader?: string;
}

/** As deep as it stands in lists and quotes: models write code below list items, and indent it by any number of spaces. */
const fencePattern = /^((?:[ \t]|>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))*)(`{3,}|~{3,})(.*)$/;
/** A fence with a longer marker, or deeper in, is text: closing and opening it again would leave a message no room. */
const longestMarker = 20;
const deepestFence = 60;
/** A longer header is not repeated: it would leave its rows no room. */
const longestHeader = 600;
const delimiterPattern = /^ {0,3}\|?(?:\s*:?-+:?\s*\|)*\s*(?::?-+:?\s*)?$/;

/** The state after one more full line (without its newline). `previous` is the line before it. */
export function stateAfterLine(state: MarkdownState, line: string, previous: string | undefined): MarkdownState {
  const [, before = '', marker, info = ''] = fencePattern.exec(line) ?? [];
  if (state.fence) {
    const closes = marker?.startsWith(state.fence.marker) && /^[\s>]*$/.test(before) && info.trim() === '';
    return closes ? {} : state;
  }
  if (marker && marker.length <= longestMarker && before.length <= deepestFence && !(marker.startsWith('`') && info.includes('`'))) {
    const [language = ''] = info.trim().split(/\s/);
    return { fence: { marker, info: shorten(language, textLimits.codeLanguage, { notice: '' }), indent: before.replace(/[^\s>]/g, ' ') } };
  }
  if (!isTableRow(line)) return {};
  if (state.tableHeader !== undefined) return state;
  const startsTable = previous !== undefined && isTableRow(previous) && delimiterPattern.test(line) && line.includes('-');
  return startsTable ? { tableHeader: `${previous}\n${line}\n` } : {};
}

export function isTableRow(line: string): boolean {
  return /^[ \t]*\|/.test(line);
}

export function isHeading(line: string): boolean {
  return /^#{1,6} /.test(line);
}

export function isFenceLine(line: string): boolean {
  return fencePattern.test(line);
}

/** What ends the message so that it renders by itself. */
export function closingOf(text: string, { fence }: MarkdownState): string {
  if (!fence) return '';
  return `${text.endsWith('\n') || text === '' ? '' : '\n'}${fence.indent}${fence.marker}`;
}

/** What begins the next message so that `rest` goes on as what it was. */
export function openingOf(state: MarkdownState, rest: string): string {
  if (state.fence) return `${state.fence.indent}${state.fence.marker}${state.fence.info}\n`;
  const header = state.tableHeader ?? '';
  return header.length <= longestHeader && isTableRow(rest) ? header : '';
}

/** The state at the end of `text`; a last line without newline counts as text of the line before. */
export function stateOf(text: string): MarkdownState {
  let state: MarkdownState = {};
  let previous: string | undefined;
  for (const line of text.split('\n').slice(0, -1)) {
    state = stateAfterLine(state, line, previous);
    previous = line;
  }
  return state;
}
