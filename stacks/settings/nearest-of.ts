/** The word that somebody who wrote `word` most likely meant; undefined where none is near enough to say so. */
export function nearestOf(word: string, words: readonly string[]): string | undefined {
  const distances = words.map((known) => ({ known, distance: distanceBetween(word.toLowerCase(), known.toLowerCase()) }));
  // Of two as near, the one that only goes on: of `of` rather `off` than `on`.
  const goesOn = (known: string) => Number(known.toLowerCase().startsWith(word.toLowerCase()));
  const [nearest] = distances.sort((a, b) => a.distance - b.distance || goesOn(b.known) - goesOn(a.known));
  return nearest && nearest.distance <= Math.max(1, Math.floor(word.length / 3)) ? nearest.known : undefined;
}

/** How many letters to put in, leave out, exchange or swap with their neighbour. */
function distanceBetween(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= from.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      line.push(
        Math.min(
          at(rows, row - 1, column) + 1,
          (line[column - 1] ?? 0) + 1,
          at(rows, row - 1, column - 1) + (isSame ? 0 : 1),
          isSwapped ? at(rows, row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    rows.push(line);
  }
  return at(rows, from.length, to.length);
}

function at(rows: readonly (readonly number[])[], row: number, column: number): number {
  return rows[row]?.[column] ?? 0;
}
