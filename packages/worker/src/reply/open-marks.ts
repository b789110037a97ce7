import { endOfConstruct } from './safe-end.ts';

/**
 * What a text that broke off in the middle of a paragraph needs at its end so that bold, italics, strikes and code end there, and what comes
 * below is not drawn in. `cut`: how much of its end is half a link or an address, which would lead elsewhere.
 */
export function endingOf(text: string): { readonly cut: number; readonly closing: string } {
  const paragraph = text.slice(Math.max(text.lastIndexOf('\n\n') + 1, 0)).trimStart();
  const open: string[] = [];
  for (let at = 0; at < paragraph.length; ) {
    const rest = paragraph.slice(at);
    const end = endOfConstruct(rest, 0);
    if (end === undefined) {
      if (rest.startsWith('`')) return { cut: 0, closing: `${/^`+/.exec(rest)?.[0]}${closingOf(open)}` };
      if (isHalfAddress(rest)) return { cut: rest.length, closing: closingOf(open) };
    }
    const mark = /^(?:\*\*\*|\*\*|\*|___|__|_|~~)/.exec(rest)?.[0];
    if (mark !== undefined) toggle(open, mark, paragraph.charAt(at - 1), paragraph.charAt(at + mark.length));
    at += mark?.length ?? end ?? 1;
  }
  return { cut: 0, closing: closingOf(open) };
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

function closingOf(open: readonly string[]): string {
  return open.toReversed().join('');
}
