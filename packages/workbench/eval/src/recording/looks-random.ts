/**
 * Whether a run of letters and digits is hard to guess, as a key, a token or a handle is. A path, a name or a word repeats its letters, and
 * has few digits between them.
 */
export function looksRandom(run: string): boolean {
  if (/^[0-9a-f]{24,}$/i.test(run)) return entropyOf(run) > 3;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(run)).length;
  if (run.length >= 20 && kinds === 3 && entropyOf(run) > 3.5) return true;
  // Of one case only: what parts words parts no key.
  return run.split(/[-_/+=]/).some((part) => part.length >= 20 && (part.match(/\d/g)?.length ?? 0) >= 4 && entropyOf(part) > 3.3);
}

/** Bits a character, by how often each one stands in the text. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
