import { bareLetters } from './bare-letters.ts';
import { knownMonths } from './known-months.ts';
import { withPlainNumbers } from './plain-numbers.ts';
import { stemOf } from './stem-of.ts';

/** Scripts that put no blank between words. */
const unspaced = String.raw`[ー\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]`;
const [unspacedRun, beginsUnspaced] = [new RegExp(`${unspaced}+`, 'gu'), new RegExp(`^${unspaced}`, 'u')];
/** What bears the meaning of a text in Japanese, where the rest says how it is meant. */
const bearing = /[ー\p{Script=Han}\p{Script=Katakana}]+/gu;
/** Who speaks, or of whom extraction speaks. */
const speaker = new RegExp(bareLetters('我们|我們|我|用户|用戶|使用者|私たち|私|僕|俺|ユーザー(?:さん)?|利用者|ดิฉัน|ฉัน|ผม|ผู้ใช้'), 'gu');

/** Stands for each word by which a sentence denies something. */
export const denial = '¬';

/**
 * The words that tell two sentences apart, as they stand or are worded anew: in small letters, without accents and endings, with numbers in one
 * form.
 */
export function tellingWords(text: string): ReadonlySet<string> {
  const words = wordsOf(text);
  const telling = words.filter((word) => !small.has(word));
  return new Set((telling.length > 0 ? telling : words).map(stemOf));
}

/** Whether a text says anything of itself, numbers apart. */
export function saysAnything(text: string): boolean {
  return wordsOf(text).some((word) => !small.has(word) && !/\p{N}/u.test(word));
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
  const plain = bareLetters(withNames(text))
    .replace(/(?:(?<!\p{L})(?:ca|wo|sha))?n['’]t(?!\p{L})/gu, ' not')
    .replace(/(?<=\p{L})['’](?:s|m|re|ve|ll|d)(?!\p{L})/gu, '')
    .replace(/(?<!\p{L})(\p{L})-(?=\p{L})/gu, '$1');
  return (
    withPlainNumbers(plain)
      .replace(unspacedRun, ' $& ')
      .match(/[ー\p{L}\p{N}]+/gu) ?? []
  ).flatMap((word) => {
    if (beginsUnspaced.test(word)) return unspacedWords(word);
    return denying.has(word) ? [denial] : [word];
  });
}

function unspacedWords(run: string): readonly string[] {
  const denies = /[不没沒]|ません|ない|なかった/gu;
  const parts = run.replace(speaker, ' ').replace(denies, ' ').split(' ');
  const words = parts
    .flatMap((part) => (/\p{Script=Hiragana}/u.test(part) ? (part.match(bearing) ?? [part]) : [part]))
    .flatMap((part) => {
      const characters = [...part];
      return characters.length < 2 ? characters : characters.slice(0, -1).map((one, index) => one + characters[index + 1]);
    });
  return denies.test(run) ? [denial, ...words] : words;
}

/** Follows a word that is a name there, as “IT”, “LA” and “Will” are within a sentence, whatever else it is in small letters. */
const nameSign = 'ʬ';

function withNames(text: string): string {
  if (!/\p{Ll}/u.test(text)) return text;
  return text.replace(/(?<=[\p{L}\p{N},;)]['’]? )\p{Lu}\p{L}*(?!['’\p{L}])/gu, (word) => {
    const bare = bareLetters(word);
    const isName = (small.has(bare) || denying.has(bare)) && !polite.has(bare) && !/^\p{Lu}$/u.test(word) && !/^not?$/.test(bare);
    return isName && !(/\d/.test(text) && knownMonths().numbers.has(bare)) ? word + nameSign : word;
  });
}

/** Written as names are, in German. */
const polite: ReadonlySet<string> = new Set(
  'sie ihr ihre ihren ihrem ihrer ihnen du dir dich dein deine user users nutzer nutzerin benutzer benutzerin'.split(' '),
);

/** Of the languages in which most is said. */
const denying: ReadonlySet<string> = new Set(
  'no not never cannot cant dont doesnt isnt wont nobody none nothing nicht nichts nie niemals kein keine keinen keinem keiner pas jamais nunca non mai nao niet geen nooit не нет'.split(
    ' ',
  ),
);

/** Articles, the one who speaks, and who says so: whatever else a sentence has may make it another one. */
const reporting: ReadonlySet<string> = new Set(
  `a an the that i me my mine we us our user users is am are has have says said please also
  ich mich mir mein meine meinen meiner wir uns unser unsere bin ist sind habe hat dass bitte der die das den dem nutzer nutzerin benutzer
  je j moi mon ma mes suis est ai que le la les yo mi mis soy es el los las io mio mia sono eu meu minha sou
  я меня мне мой моя мое мои пользователь`.split(/\s+/),
);

/** Words that stand in any sentence, those with which extraction begins its own ("The user said that …"), and those of a request to forget. */
const english =
  `a an the this that these those i me my mine you your we us our they them their he him his she her it its is am are was were be been being do does
  did have has had will would can could should may must of in on at to for from by with as and or but so if then than there here also just very
  please user users person asker says said say told tells mentioned forget remember know about everything anything fact
  again now still currently actually really`.split(/\s+/);
const german =
  `ich mich mir mein meine meinen meinem meiner du dich dir dein deine wir uns unser unsere sie ihr ihre er ihn es der die das den dem des ein eine einen
  einem einer ist bin bist sind war waren sein habe hat haben wird werden und oder aber in im an am auf zu zum zur fur von vom mit bei dass bitte vergiss
  vergessen merken nutzer nutzerin benutzer benutzerin wieder jetzt noch immer
  kann kannst konnt konntest konnten konnen soll sollst sollen will willst mocht mochte mochtest muss musst darf darfst wurde wurdest wurden`.split(
    /\s+/,
  );
const others =
  `je j moi mon ma mes tu toi ton ta tes nous notre nos vous votre vos il elle ils elles le la les l un une des du de d est suis es sont etait et ou mais ne n
  a au aux en dans sur pour par avec que qu ce cette utilisateur utilisatrice
  yo mi mis tu tus su sus nosotros el los las una unos unas y o pero es soy eres son era que del al con por para en usuario usuaria
  io mio mia mi noi lui lei lo gli i di da e sono sei che con per il utente
  eu meu minha o os as um uma e de do da em na com por para que sou
  gebruiker я меня мне мой моя мое мои пользователь это
  나 저 나는 저는 나의 저의 내 제 내가 제가 우리 사용자 사용자는 사용자가 사용자의 있다 있어요 있습니다`.split(/\s+/);

const small: ReadonlySet<string> = new Set([...english, ...german, ...others]);

/** By which a sentence is known to be in English or German, where whoever speaks of themselves says “I”. */
export const spokenWithI: ReadonlySet<string> = new Set([...english, ...german].filter((word) => !others.includes(word)));
