/** A tool's result without the marks around what another system wrote, and where to read on when it was cut. */
export interface Unmarked {
  readonly text: string;
  readonly next?: { readonly handle: string; readonly from: number };
}

const mark = /<data from="[^"]*">\n?|\n?<\/data>(?=\s*$)/g;
const markInside = /<\/data>/g;
const cutNote = /\n?\(Cut here: [^\n]*\)\s*$/;
const leftNote = /\n?\((?:\d+ characters are left; go on from \d+\.|This is the end\.)\)\s*$/;

export function unmarked(raw: string, handle?: unknown): Unmarked {
  const note = cutNote.exec(raw) ?? leftNote.exec(raw);
  const text = raw
    .slice(0, note?.index ?? raw.length)
    .replace(mark, '')
    .replace(markInside, '');
  const known = /with handle "(\w+)"/.exec(note?.[0] ?? '')?.[1] ?? (typeof handle === 'string' ? handle : undefined);
  const from = /\bfrom (\d+)/.exec(note?.[0] ?? '')?.[1];
  return { text, ...(known !== undefined && from !== undefined ? { next: { handle: known, from: Number(from) } } : {}) };
}
