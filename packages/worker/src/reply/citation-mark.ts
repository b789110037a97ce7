export interface CitationMark {
  readonly length: number;
  readonly numbers: readonly number[];
  readonly isRaised: boolean;
}

export const longestMark = 130;

/**
 * The mark with which a text begins, as models write them whatever they were told: with brackets of other scripts, in the manner of OpenAI with
 * a dagger, escaped, or raised. In it stand numbers and what joins them, such as "4", "4, 8", "4–6", "1 and 2" or "Source: 4, p. 12": one that
 * stayed as it is would stand for another document. `isKnown`: the number has a document.
 */
export function markIn(text: string, isKnown: (number: number) => boolean): CitationMark | undefined {
  const [mark = '', bracketed, raised] = wholeMark.exec(text) ?? [];
  const numbers = numbersIn(bracketed ?? raised ?? '', isKnown);
  // Escaped or raised, it may belong to a formula.
  if (!numbers || (/^[\\<]/.test(mark) && !numbers.some(isKnown))) return undefined;
  return { length: mark.length, numbers, isRaised: raised !== undefined };
}

/** Whether a mark may come of a text when more of it does. */
export function isHalfMark(text: string): boolean {
  return halfMark.test(text);
}

const wholeMark =
  /^(?:\\?[[【［〔]([^[\]【】［］〔〕\n]{1,60}?)(?:†[^\]】\n]{0,60})?\\?[\]】］〕]|<sup>\s*\[?([^<>[\]\n]{1,60}?)\]?\s*<\/sup>)/i;
const halfMark = /^(?:\\?[[【［〔][^[\]【】［］〔〕\n]{0,60}(?:†[^\]】]*)?|\\|<s?u?p?|<sup>[^<>\n]{0,62}(?:<\/?s?u?p?)?)$/iu;
/** Between the numbers, and before the first. */
const joining = String.raw`(?:and|und|et|y|e|en|och|og|or|oder|see|also|siehe|cf|no|nr|refs?|references?|sources?|quellen?|fuentes?|docs?|documents?)(?!\p{L})[.:]?`;
const through = String.raw`\s*(?:[~\p{Pd}−]|\.{2,}|…|to|bis|through)\s*`;
const onlyNumbers = new RegExp(
  String.raw`^(?:\s|\^|${joining})*\d{1,3}(?:(?:${through}|(?:\s|[,;&、·•|+^]|${joining})+)\d{1,3})*[\s,;]*$`,
  'iu',
);
const numberOrRange = new RegExp(String.raw`(\d{1,3})(?:${through}(\d{1,3}))?`, 'giu');
const placeInDocument = /^[,;、]\s*(?:pp?|pages?|s|seiten?|sections?|§+)\.?\s*\d[\d.\p{Pd}]*\s*$/iu;

function numbersIn(inside: string, isKnown: (number: number) => boolean): readonly number[] | undefined {
  const [first = '', ...more] = inside.normalize('NFKC').split(/(?=[,;、])/);
  const cited = [first, ...more.filter((part) => !placeInDocument.test(part))].join('');
  if (!onlyNumbers.test(cited)) return undefined;
  const ranges = [...cited.matchAll(numberOrRange)].map(([, from, to = from]) => {
    const range = Array.from({ length: Math.max(0, Number(to) - Number(from)) + 1 }, (_, index) => Number(from) + index);
    return { range, isMeant: to === from || range.some(isKnown) };
  });
  const numbers = ranges.flatMap(({ range }) => range);
  // Years are no range, and a blank may part thousands.
  const isMeant = ranges.every((one) => one.isMeant) && (!/\d +\d/.test(cited) || numbers.every(isKnown));
  return isMeant ? numbers : undefined;
}
