/** Scripts that put no blank between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+/gu;

/** The words that tell two sentences apart, as they stand or are worded anew: in small letters, without accents and the commonest endings. */
export function tellingWords(text: string): ReadonlySet<string> {
  const { words, pairs } = partsOf(text);
  return new Set([...words, ...pairs]);
}

/** So few of them that a text may hold them all and still say something else. Where words are not parted, two pairs count as one. */
export function saysLittle(text: string): boolean {
  const { words, pairs } = partsOf(text);
  return words.size + pairs.size / 2 < 3;
}

function partsOf(text: string): { readonly words: ReadonlySet<string>; readonly pairs: ReadonlySet<string> } {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const pairs = (plain.match(unspaced) ?? []).flatMap((run) => {
    const characters = [...run];
    return characters.length === 1 ? characters : characters.slice(0, -1).map((one, index) => one + characters[index + 1]);
  });
  const words = plain.replace(unspaced, ' ').match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => !small.has(word));
  return { words: new Set((telling.length + pairs.length > 0 ? telling : words).map(withoutEnding)), pairs: new Set(pairs) };
}

function withoutEnding(word: string): string {
  return word.replace(/(?<=...)(?:ings?|ed|ers?|en|es|(?<!s)s|e)$/, '');
}

/** Words that stand in any sentence, those with which extraction begins its own ("The user said that …"), and those of a request to forget. */
const small: ReadonlySet<string> = new Set(
  `a an the this that these those i me my mine you your we us our they them their he him his she her it its is am are was were be been being do does
  did have has had will would can could should may must of in on at to for from by with as and or but not no so if then than there here also just very
  please user users person asker says said say told tells mentioned named called forget remember know about everything anything
  ich mich mir mein meine meinen meiner du dich dir dein deine wir uns unser unsere sie ihr ihre er ihn es der die das den dem des ein eine einen einem einer
  ist bin bist sind war waren sein habe hat haben wird werden und oder aber nicht kein keine in im an am auf zu zum zur fur von vom mit bei dass bitte vergiss vergessen merken
  je j moi mon ma mes tu toi ton ta tes nous notre nos vous votre vos il elle ils elles le la les l un une des du de d est suis es sont etait et ou mais ne pas
  a au aux en dans sur pour par avec que qu ce cette
  yo mi mis tu tus su sus nosotros el los las una unos unas y o pero no es soy eres son era que del al con por para en
  io mio mia mi noi lui lei lo gli i di da e sono sei che con per il
  eu meu minha o os as um uma e de do da em no na com por para que sou`.split(/\s+/),
);
