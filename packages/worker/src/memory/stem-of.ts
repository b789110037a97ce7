/**
 * A word without what its forms differ in, for comparing and for nobody's eyes: “studies”, “studying” and “study” are one, and so are “leite”
 * and “leitet”, “Köln” and “Koeln”. Small letters without accents. Rather too short than too long: a sentence is known by all of its words.
 * A stemmer of one language would leave those of the others apart, which nobody can tell from each other in a message of five words.
 */
export function stemOf(word: string): string {
  if (word.length > longestWord) return word;
  if (/^\p{Script=Hangul}/u.test(word)) return shortest(word, [koreanEnding]);
  const stem = shortest(
    word.replace(/(?<=[\p{L}]{2})(?:ie[sd]?|y(?:s|ed|ing|ers?)?)$/u, 'i').replace(/^(go|do)(?:es|ing|ne)$/, '$1'),
    endings,
  );
  // Umlauts, as they are written where there are none.
  return stem.replace(/([aou])e/g, '$1');
}

/** Longer ones are no words, and would take long. */
const longestWord = 60;

/** As long as there is a vowel in front of it: of verbs and several things in English, and what is doubled before; then of other languages. */
const endings = [
  /(?<=[aeiou]\p{L}*)(?<=\p{L}{2})(?:ings?|(?<!e)ed|es|e)$/u,
  /(?<=\p{L}{3})(?<![su])s$/u,
  /(?<=\p{L}{2})(\p{L})(?=\1$)/u,
  /(?<=\p{L}{3})(?:ers?|en|et|[atoуюе]|ет)$/u,
];

/** What a noun's place in the sentence or politeness adds. */
const koreanEnding =
  /(?<=[\p{Script=Hangul}])(?:습니다|ㅂ니다|합니다|니다|어요|아요|여요|해요|이에요|예요|에서|에게|으로|은|는|이|가|을|를|에|의|도|로|와|과|고|다|요)$/u;

function shortest(word: string, endings: readonly RegExp[]): string {
  const shorter = endings.reduce((left, ending) => left.replace(ending, ''), word);
  return shorter === word ? word : shortest(shorter, endings);
}
