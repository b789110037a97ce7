import { bareLetters } from './bare-letters.ts';
import { withPlainNumbers } from './plain-numbers.ts';

/** Scripts that put no blank between words. */
const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]`;
const [unspacedRun, beginsUnspaced] = [new RegExp(`${unspaced}+`, 'gu'), new RegExp(`^${unspaced}`, 'u')];

/** Stands for each word by which a sentence denies something. */
export const denial = '¬';

/**
 * The words that tell two sentences apart, as they stand or are worded anew: in small letters, without accents and the commonest endings, with
 * numbers in one form.
 */
export function tellingWords(text: string): ReadonlySet<string> {
  const words = wordsOf(text);
  const telling = words.filter((word) => !small.has(word));
  return new Set((telling.length > 0 ? telling : words).map(withoutEnding));
}

/** All that a sentence says, in its order, but for who reports it and the ending by which “I lead” and “Ann leads” differ. */
export function saidWords(text: string): readonly string[] {
  return wordsOf(text)
    .filter((word) => !reporting.has(word))
    .map((word) => word.replace(/(?<=...)(?<!s)s$/, ''));
}

/** One that stands for what it belongs to, as the number of a telephone or an account does. */
export function isLongNumber(word: string): boolean {
  return /\d{5}/.test(word);
}

/** Where words are not parted, each two characters are one. */
function wordsOf(text: string): readonly string[] {
  const plain = bareLetters(text).replace(/n['’]t\b/g, ' not');
  return (
    withPlainNumbers(plain)
      .replace(unspacedRun, ' $& ')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).flatMap((word) => {
    if (!beginsUnspaced.test(word)) return denying.has(word) ? [denial] : [word];
    const characters = [...word];
    return characters.length === 1 ? characters : characters.slice(0, -1).map((one, index) => one + characters[index + 1]);
  });
}

function withoutEnding(word: string): string {
  return word.replace(/(?<=...)(?:ings?|ed|ers?|e[nst]|(?<!s)s|[eatoуюе]|ет)$/u, '');
}

/** Of the languages in which most is said. */
const denying: ReadonlySet<string> = new Set(
  'no not never cannot nobody none nothing nicht nichts nie niemals kein keine keinen keinem keiner pas jamais nunca non mai nao niet geen nooit не нет'.split(
    ' ',
  ),
);

/** Articles, the one who speaks, and who says so: whatever else a sentence has may make it another one. */
const reporting: ReadonlySet<string> = new Set(
  `a an the that i me my mine we us our user users is am are m re s ve has have says said please also
  ich mich mir mein meine meinen meiner wir uns unser unsere bin ist sind habe hat dass bitte der die das den dem nutzer nutzerin benutzer
  je j moi mon ma mes suis est ai que le la les yo mi mis soy es el los las io mio mia sono eu meu minha sou
  я меня мне мой моя мое мои пользователь`.split(/\s+/),
);

/** Words that stand in any sentence, those with which extraction begins its own ("The user said that …"), and those of a request to forget. */
const small: ReadonlySet<string> = new Set(
  `a an the this that these those i me my mine you your we us our they them their he him his she her it its is am are was were be been being do does
  did have has had will would can could should may must of in on at to for from by with as and or but so if then than there here also just very
  please user users person asker says said say told tells mentioned named called forget remember know about everything anything
  ich mich mir mein meine meinen meiner du dich dir dein deine wir uns unser unsere sie ihr ihre er ihn es der die das den dem des ein eine einen einem einer
  ist bin bist sind war waren sein habe hat haben wird werden und oder aber in im an am auf zu zum zur fur von vom mit bei dass bitte vergiss vergessen merken
  je j moi mon ma mes tu toi ton ta tes nous notre nos vous votre vos il elle ils elles le la les l un une des du de d est suis es sont etait et ou mais ne n
  a au aux en dans sur pour par avec que qu ce cette
  yo mi mis tu tus su sus nosotros el los las una unos unas y o pero es soy eres son era que del al con por para en
  io mio mia mi noi lui lei lo gli i di da e sono sei che con per il
  eu meu minha o os as um uma e de do da em na com por para que sou
  nutzer nutzerin benutzer benutzerin utilisateur utilisatrice usuario usuaria utente gebruiker я меня мне мой моя мое мои пользователь это`.split(
    /\s+/,
  ),
);
