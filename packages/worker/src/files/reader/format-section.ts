/** What a number format says of ordinary numbers: the first of its sections, taken apart. */
export interface FormatSection {
  /** What is no text: places, letters of dates, signs. In lower case. */
  readonly code: string;
  /** Of `[$…]`: the currency. */
  readonly named?: string | undefined;
  /** Texts that stand beside the number, each by itself. */
  readonly texts: readonly string[];
  /** As `h` of `[h]`. */
  readonly brackets: readonly string[];
  /** All that is shown, with `\0` for each place of a digit. */
  readonly shown: string;
}

/** Reads a code sign by sign: in `_€` the sign is only as wide as room is left, in `*-` it fills the cell, in `\€` and `"€"` it is shown. */
export function formatSection(format: string): FormatSection {
  let [code, texts, shown] = ['', '', ''];
  const brackets: string[] = [];
  let named: string | undefined;
  for (const [token, quoted, escaped, bracket] of format.slice(0, 300).matchAll(/"([^"]*)"?|\\(.?)|[_*].?|\[([^\]]*)\]?|./gsu)) {
    if (token === ';') break;
    const text = quoted ?? escaped;
    if (bracket?.startsWith('$'))
      named ||= bracket
        .slice(1)
        .replace(/-[^-]*$/, '')
        .trim();
    else if (bracket !== undefined) brackets.push(bracket.toLowerCase());
    else if (text !== undefined) [texts, shown] = [texts + text, shown + text];
    else if (!/^[_*]/.test(token)) {
      code += token;
      texts += /[\p{L}\p{Sc}/ ]/u.test(token) ? token : '\0';
      shown += token === '0' ? '\0' : token;
    }
  }
  return { code: code.toLowerCase(), named, texts: texts.split('\0').map((text) => text.trim()), brackets, shown };
}
