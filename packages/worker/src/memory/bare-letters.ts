/** Letters that Unicode takes for no other one's with a sign, as people write them without. */
const written: Readonly<Record<string, string>> = { ß: 'ss', ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ı: 'i', ς: 'σ' };

/** A text in small letters without accents: what names of months and words are compared by. */
export function bareLetters(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  // Together again: a syllable of Korean came apart.
  return plain.replace(/[ßłøđðþæœıς]/g, (letter) => written[letter] ?? letter).normalize('NFC');
}
