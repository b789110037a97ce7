/** A stretch of a text. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a text into pieces of at most `longest`. Each begins with the last `overlap` of the one before, so that a value or a sentence across a
 * cut stands whole in one of them. No character is parted.
 */
export function textPieces({ start, end }: Piece, text: string, { longest, overlap }: PieceSize): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let from = start; ; ) {
    const to = from + longest >= end ? end : wholeAt(text, from + longest);
    pieces.push({ start: from, end: to });
    if (to >= end) return pieces;
    from = Math.max(from + 1, wholeAt(text, to - overlap));
  }
}

export interface PieceSize {
  readonly longest: number;
  readonly overlap: number;
}

/** The place before the second half of a surrogate pair, else the place itself. */
function wholeAt(text: string, place: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(place)) && /[\ud800-\udbff]/.test(text.charAt(place - 1)) ? place - 1 : place;
}
