/** A text in small letters without accents: what names of months and words are compared by. */
export function bareLetters(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
