import { wholeEnd } from '@vera/protocol/shorten';
import { closingOf, isHeading, isTableRow, type MarkdownState, openingOf, stateAfterLine, stateOf } from './markdown-state.ts';
import { safeEnd } from './safe-end.ts';

/** Where a message ends, and how the one after it begins. */
export interface Cut {
  /** Characters of the text that stay in this message. */
  readonly end: number;
  /** Ends an open code block; to be added after the text. */
  readonly closing: string;
  /** Opens the code block or table again at the head of the next message. */
  readonly opening: string;
}

interface Candidate extends Cut {
  /** Smaller is better: 0 between paragraphs … 3 inside a code block. */
  readonly rank: number;
}

/** Within this share of the limit a nicer place wins over a later one. */
const window = 0.88;

/** The best place to end a message of at most `limit` characters, not before `from` (what is shown already). */
export function cutMarkdown(text: string, from: number, limit: number): Cut {
  const candidates = lineEnds(text, limit).filter(({ end }) => end >= from && end > 0);
  const near = candidates.filter(({ end }) => end >= limit * window);
  const best = pick(near) ?? candidates.at(-1);
  if (best && best.end >= limit / 2) return best;
  const state = stateOf(text.slice(0, limit));
  const room = limit - closingOf('x', state).length;
  const betweenWords = safeEnd(text.slice(0, room));
  if (betweenWords > from && betweenWords >= limit / 2) return cutAt(text, betweenWords, state);
  if (best) return best;
  // One endless word: what is shown already may end the message, else it is cut at the limit, but not inside a character.
  return cutAt(text, from >= limit / 2 ? from : wholeEnd(text, room), state);
}

function pick(candidates: readonly Candidate[]): Candidate | undefined {
  const rank = Math.min(...candidates.map((candidate) => candidate.rank));
  return candidates.findLast((candidate) => candidate.rank === rank);
}

function lineEnds(text: string, limit: number): Candidate[] {
  const found: Candidate[] = [];
  let state: MarkdownState = {};
  let previous: string | undefined;
  /** The last line that is not blank: a heading without its text is no place to end. */
  let said = '';
  let start = 0;
  while (start <= limit) {
    const newline = text.indexOf('\n', start);
    if (newline === -1) break;
    const line = text.slice(start, newline);
    state = stateAfterLine(state, line, previous);
    previous = line;
    if (line.trim() !== '') said = line;
    start = newline + 1;
    const cut = cutAt(text, start, state);
    const rest = text.slice(start, start + 200);
    const isAlone = isHeading(said) || leavesHeader(state, line, rest);
    if (start + cut.closing.length <= limit && (state.fence || !isAlone)) found.push({ ...cut, rank: rankOf(state, line, rest) });
  }
  return found;
}

function cutAt(text: string, end: number, state: MarkdownState): Cut {
  return { end, closing: closingOf(text.slice(0, end), state), opening: openingOf(state, text.slice(end, end + 200)) };
}

function rankOf(state: MarkdownState, line: string, rest: string): number {
  if (state.fence) return 3;
  if (isTableRow(rest)) return 2;
  return line.trim() === '' || isHeading(rest) ? 0 : 1;
}

/** Whether `line` belongs to the header of a table whose rows would come in the next message. */
function leavesHeader(state: MarkdownState, line: string, rest: string): boolean {
  const isHeader = state.tableHeader === undefined || state.tableHeader.endsWith(`\n${line}\n`);
  return isTableRow(line) && isTableRow(rest) && isHeader;
}
