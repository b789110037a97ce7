/** What a person types or pastes at a terminal in raw mode, until Enter. */
export interface HiddenLine {
  /** Takes what came in; says how the line ended, if it did. */
  take(text: string): { readonly kind: 'open' } | { readonly kind: 'stopped' } | { readonly kind: 'entered'; readonly line: string };
}

/**
 * A terminal that was asked to (DECSET 2004) puts marks around what is pasted, so that a line break in it ends nothing: it is part of what was
 * pasted, and is looked at as that. https://invisible-island.net/xterm/ctlseqs/ctlseqs.html#h2-Bracketed-Paste-Mode
 */
export const pasteMarks = { on: '\u001b[?2004h', off: '\u001b[?2004l' };

const [stop, clear] = ['\u0003', '\u0015'];
const [pasteBegins, pasteEnds] = ['\u001b[200~', '\u001b[201~'];
/** Enter, and the end of input. */
const ends = new Set(['\r', '\n', '\u0004']);
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what keys of a terminal send.
const sequence = /^\u001b(?:\[[0-9;?]*[@-~]|O[A-Za-z])/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same, cut by the end of what came in.
const beginningOfSequence = /^\u001b(?:\[[0-9;?]*|O)?$/;

export function createHiddenLine(): HiddenLine {
  let line = '';
  let rest = '';
  let isPasting = false;
  const press = (key: string): ReturnType<HiddenLine['take']> => {
    if (key.length > 1 && key.startsWith('\u001b')) isPasting = key === pasteBegins || (isPasting && key !== pasteEnds);
    else if (key === stop) return { kind: 'stopped' };
    else if (!isPasting && ends.has(key)) return { kind: 'entered', line };
    else line = edited(line, key);
    return { kind: 'open' };
  };
  return {
    take(text) {
      rest += text;
      while (rest !== '' && !beginningOfSequence.test(rest)) {
        const key = sequence.exec(rest)?.[0] ?? String.fromCodePoint(rest.codePointAt(0) ?? 0);
        rest = rest.slice(key.length);
        const taken = press(key);
        if (taken.kind !== 'open') return taken;
      }
      return { kind: 'open' };
    },
  };
}

function edited(line: string, key: string): string {
  if (key === clear) return '';
  if (key === '\u007f' || key === '\b') return [...line].slice(0, -1).join('');
  return line + key;
}
