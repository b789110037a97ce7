/** Whether a text holds what a `~` asks for: every word, or a phrase in quotation marks as it stands; `refund*` takes beginnings. */
export function matchesWords(text: string, wanted: string): boolean {
  const words = wordsIn(text);
  const phrase = /^"(.*)"$/s.exec(wanted.trim())?.[1];
  if (phrase !== undefined) return ` ${words.join(' ')} `.includes(` ${wordsIn(phrase).join(' ')} `);
  return wanted
    .split(/\s+/)
    .flatMap((word) =>
      word.endsWith('*')
        ? [
            wordsIn(word)
              .map((part) => `${part}*`)
              .join(''),
          ]
        : wordsIn(word),
    )
    .every((word) => words.some((other) => (word.endsWith('*') ? other.startsWith(word.slice(0, -1)) : sameWord(other, word))));
}

function wordsIn(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}_]+/gu) ?? []
  );
}

/** The search of both products takes plurals and verb forms for one word. */
function sameWord(one: string, other: string): boolean {
  const short = (word: string) => (word.length > 4 ? word.replace(/(?:ies|es|s|ed|ing)$/, '') : word);
  return one === other || short(one) === short(other);
}
