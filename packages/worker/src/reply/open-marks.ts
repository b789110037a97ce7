import { endOfConstruct } from './safe-end.ts';

export interface OpenMarks {
  /** How much of the text's end is half a link or an address, which would lead elsewhere. */
  readonly cut: number;
  readonly closing: string;
  /** Opens again what `closing` ends. */
  readonly opening: string;
}

/**
 * What a text that breaks off in the middle of a paragraph needs at its end so that bold, italics, strikes and code end there, and what comes
 * below is not drawn in.
 */
export function endingOf(text: string): OpenMarks {
  const paragraph = text.slice(Math.max(text.lastIndexOf('\n\n') + 1, 0)).trimStart();
  const open: string[] = [];
  for (let at = 0; at < paragraph.length; ) {
    const rest = paragraph.slice(at);
    const end = endOfConstruct(rest, 0);
    if (end === undefined) {
      const [ticks] = /^`+/.exec(rest) ?? [];
      if (ticks !== undefined) return endOf([...open, ticks]);
      if (isHalfAddress(rest)) return endOf(open, rest.length);
    }
    const mark = /^(?:\*\*\*|\*\*|\*|___|__|_|~~)/.exec(rest)?.[0];
    if (mark !== undefined) toggle(open, mark, paragraph.charAt(at - 1), paragraph.charAt(at + mark.length));
    at += mark?.length ?? end ?? 1;
  }
  return endOf(open);
}

function endOf(open: readonly string[], cut = 0): OpenMarks {
  return { cut, closing: open.toReversed().join(''), opening: open.join('') };
}

/** Of a link whose words are whole, or an address in angle brackets. */
function isHalfAddress(rest: string): boolean {
  return /^\[[^\]\n]*\]\([^)\n]*$|^\[[^\]\n]*$|^<(?:https?:|mailto:)[^>\n]*$/.test(rest);
}

/** A mark opens before a word and closes behind one; between blanks, or within a word, it is text. */
function toggle(open: string[], mark: string, before: string, after: string): void {
  if (open.at(-1) === mark && /\S/.test(before)) open.pop();
  else if (/[\p{L}\p{N}"“([`]/u.test(after) && !/[\p{L}\p{N}_*]/u.test(before)) open.push(mark);
}
