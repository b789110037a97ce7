/** Whether a text is, word for word, part of what somebody said; capitals, blanks, kinds of quotation marks and a last full stop apart. */
export function isSaidIn(text: string, said: string): boolean {
  const part = plain(text).replace(/[.!。]+$/u, '');
  return /[\p{L}\p{N}]/u.test(part) && plain(said).includes(part);
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/\s+/gu, ' ')
    .trim();
}
