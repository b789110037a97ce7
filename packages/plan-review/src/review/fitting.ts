import type { Detail } from './stack-section.ts';

/** Where the text is to stand: what fits there, and where the rest is to be read. */
export type Place = { readonly sizeOf: (text: string) => number; readonly most: number; readonly whole?: Detail; readonly rest?: string };

/** GitHub takes 65,536 characters, and the workflow adds a line about the run. */
export const asComment: Place = { sizeOf: (text) => text.length, most: 65_000 };
/** Of a step's summary GitHub takes 1 MiB, and shows nothing of one that is longer. */
export const asSummary: Place = {
  sizeOf: (text) => Buffer.byteLength(text),
  most: 1_040_000,
  whole: { lines: Number.POSITIVE_INFINITY, names: Number.POSITIVE_INFINITY, opened: 12 },
};

/** The text with as much detail as fits. */
export function fitting(place: Place, render: (detail: Detail) => readonly string[]): string {
  const rest = place.rest === undefined ? {} : { rest: place.rest };
  const all = [...(place.whole ? [place.whole] : []), ...details].map((detail) => ({ ...detail, ...rest }));
  let text = '';
  for (const detail of all) {
    text = `${render(detail).join('\n').trimEnd()}\n`;
    if (place.sizeOf(text) <= place.most) return text;
  }
  return shortened(text, place);
}

/** From all there is to less and less of each list. */
const details: readonly Detail[] = [
  { lines: 150, names: 40, opened: 12 },
  { lines: 80, names: 20, opened: 12 },
  { lines: 50, names: 10, opened: 12 },
  { lines: 30, names: 6, opened: 12 },
  { lines: 18, names: 4, opened: 6 },
  { lines: 10, names: 3, opened: 5 },
  { lines: 5, names: 2, opened: 4 },
  { lines: 2, names: 1, opened: 2 },
];

/** At the end of a line, and never inside a folded part. */
function shortened(text: string, { sizeOf, most, rest }: Place): string {
  const why = rest === undefined ? '' : ` ${rest.charAt(0).toUpperCase()}${rest.slice(1)} shows more.`;
  const ending = `\n\n**The comment ends here: GitHub takes no longer one.${why}**\n`;
  let left = most - sizeOf(ending) - 20;
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    left -= sizeOf(line) + 1;
    if (left < 0) break;
    lines.push(line);
  }
  const cut = lines.join('\n');
  const isInside = cut.lastIndexOf('<details>') > cut.lastIndexOf('</details>');
  return `${cut}${isInside ? '\n\n</details>' : ''}${ending}`;
}
