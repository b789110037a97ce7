/** Whether a font can write a character, as its table `cmap` says. Of TrueType fonts: https://learn.microsoft.com/typography/opentype/spec/cmap */
export type CanWrite = (codePoint: number) => boolean;

export function fontGlyphs(font: Uint8Array): CanWrite {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const cmap = tableAt(view, 'cmap');
  const subtables = Array.from({ length: view.getUint16(cmap + 2) }, (_, index) => cmap + view.getUint32(cmap + 4 + index * 8 + 4));
  const ranges = subtables.flatMap((at) => rangesIn(view, at));
  return (codePoint) => ranges.some(({ from, to, has }) => codePoint >= from && codePoint <= to && has(codePoint));
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly has: CanWrite;
}

function tableAt(view: DataView, tag: string): number {
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const at = 12 + index * 16;
    const name = String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
    if (name === tag) return view.getUint32(at + 8);
  }
  throw new Error(`the font has no table ${tag}`);
}

/** Formats 4 (up to U+FFFF) and 12 (all): fonts have one of these for Unicode. */
function rangesIn(view: DataView, at: number): Range[] {
  const format = view.getUint16(at);
  if (format === 12) {
    return Array.from({ length: view.getUint32(at + 12) }, (_, index) => {
      const group = at + 16 + index * 12;
      return { from: view.getUint32(group), to: view.getUint32(group + 4), has: () => true };
    });
  }
  if (format !== 4) return [];
  const double = view.getUint16(at + 6);
  return Array.from({ length: double / 2 }, (_, index) => {
    const end = at + 14 + index * 2;
    const start = end + double + 2;
    const [from, delta, offset] = [view.getUint16(start), view.getUint16(start + double), view.getUint16(start + double * 2)];
    const glyphOf = (code: number) => (offset === 0 ? code : view.getUint16(start + double * 2 + offset + (code - from) * 2));
    return { from, to: view.getUint16(end), has: (code) => glyphOf(code) !== 0 && ((glyphOf(code) + delta) & 0xffff) !== 0 };
  });
}
