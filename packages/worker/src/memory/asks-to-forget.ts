/**
 * Whether a message asks to forget something, or not to remember it, in any of the languages people thank Vera in. What does is never noted:
 * extraction would learn from it what is to go. A "don't forget" asks for the contrary; a doubtful one counts, for what was not noted can be
 * said again.
 */
export function asksToForget(text: string): boolean {
  const words = text.normalize('NFC').toLowerCase().replaceAll('’', "'").replace(/\s+/gu, ' ').replace(contrary, ' ');
  return toForget.test(words) || fromMemory.test(words) || notToRemember.test(words);
}

/** No letter stands there. `\b` knows Latin ones without accents only. */
const [before, after] = [String.raw`(?<![\p{L}\p{M}])`, String.raw`(?![\p{L}\p{M}])`];

function anyOf(lines: readonly string[], { isWord = true } = {}): RegExp {
  const parts = lines.join('|');
  // Never with the flag that remembers where the last match was: `test` would go on from there.
  return new RegExp(isWord ? `${before}(?:${parts})${after}` : `(?:${parts})`, 'iu');
}

const more = String.raw`(?:[\p{L}'-]+ ){0,3}?`;

const contrary = new RegExp(
  [
    anyOf([
      "(?:don't|dont|do not|never|not|won't|mustn't|didn't|can't|cannot) (?:ever |please )?(?:forget|forgetting)",
      String.raw`(?:i|we|they|people|users) (?:[\p{L}']+ )?forget`,
      `vergiss ${more}(?:nicht|nie|niemals)`,
      `(?:nicht|nie|niemals) (?:zu )?vergessen`,
      '(?:hab|habe|hast|hat|haben|hatte|hatten|hattest) [^.?!]{0,80}?vergessen',
      "n'oubli(?:e|es|ez|ons|er)(?: pas| jamais)?",
      'ne (?:pas|jamais) oublier',
      String.raw`no (?:te |se |lo |la |os )?olvid\p{L}+`,
      String.raw`non (?:ti |vi |lo )?(?:dimentic|scord)\p{L}+`,
      String.raw`não (?:se |te |o )?esque\p{L}+`,
      `vergeet ${more}(?:niet|nooit)`,
      'glöm (?:inte|aldrig)',
      '(?:glem (?:ikke|aldri|aldrig)|ikke glem)',
      'älä unohda',
      'ära unusta',
      String.raw`nie zapom\p{L}+`,
      String.raw`ne felejts\p{L}+`,
      'nu uita(?:ți)?',
      'ne zaboravi(?:te)?',
      String.raw`не забу\p{L}+`,
      String.raw`не забрав\p{L}+`,
      String.raw`μη(?:ν)? ξεχ\p{L}+`,
      String.raw`لا تنس\p{L}*`,
      String.raw`אל תשכח\p{L}*`,
      'jangan lupakan',
      'đừng quên',
    ]).source,
    anyOf(['不要忘', '别忘', '別忘', '勿忘', '忘れないで', '잊지', 'मत भूल', 'อย่าลืม'], { isWord: false }).source,
  ].join('|'),
  'giu',
);

const toForget = new RegExp(
  [
    anyOf([
      'forget|forgetting|unlearn|unremember',
      'vergiss|vergesst|vergessen',
      'oublie|oubliez|oublier|oublies|oublions',
      'olvida|olvide|olvidad|olviden|olvidar|olvides|olvídalo|olvídate|olvídelo|olvidarlo|olvidarte',
      'dimentica|dimenticate|dimentichi|dimenticare|dimenticalo|dimenticarlo|scorda|scordati|scordare',
      'esqueça|esquece|esqueçam|esquecer|esqueces',
      'vergeet|vergeten',
      'glöm|glömma|glem|glemme',
      'unohda|unohtaa|unohdatko|unohtakaa',
      'unusta|unustage|aizmirsti|aizmirstiet|pamiršk|pamirškite|užmiršk',
      'zapomnij|zapomnijcie|zapomnieć|zapomeň|zapomeňte|zapomenout|zabudni|zabudnite|zabudnúť',
      'felejtsd|felejtse|felejtsék|elfelejteni',
      'uită|uitați|zaboravi|zaboravite|unut|unutun|unutur',
      'забудь|забудьте|забыть|забути|забрави|забравете',
      'ξέχνα|ξέχασε|ξεχάστε|ξεχάσεις|ξεχάσετε',
      'انس|انسى|انسي|تنسى',
      'שכח|שכחי|תשכח|תשכחי|לשכוח',
      'lupakan|hãy quên|quên đi|kalimutan|sahau',
    ]).source,
    anyOf(['भूल जा', '忘记', '忘記', '忘掉', '忘れて(?![しいる])', '잊어', 'ลืม'], { isWord: false }).source,
  ].join('|'),
  'iu',
);

const about = String.raw`[^.?!\n]{0,120}?`;

/** To be deleted from what is remembered. */
const fromMemory = new RegExp(
  [
    `(?:delet|eras|remov|wip|clear|drop)(?:e|es|ed|ing)?${after}${about}(?:memory|memories|remember|you know|about me|you(?:'ve| have) (?:stored|saved|kept|noted))`,
    String.raw`(?:lösch|entfern|streich)\p{L}*${about}(?:gedächtnis|erinner|über mich|von mir|gemerkt|gespeichert)`,
    String.raw`(?:efface|supprime)\p{L}*${about}(?:mémoire|sur moi|souvenir|souviens)`,
    String.raw`(?:borra|bórra|elimina)\p{L}*${about}(?:memoria|sobre mí|de mí|recuerd)`,
  ].join('|'),
  'iu',
);

const notToRemember = new RegExp(
  anyOf([
    String.raw`(?:don't|dont|do not|never|not to|stop|please not) (?:\p{L}+ )?(?:remember|remembering|memori[sz]e|memori[sz]ing)`,
    "(?:don't|dont|do not|never|not) (?:save|store|keep|note|record) (?:this|that|it|any of)",
    'off the record|between us only|just between us',
    `(?:merk|merke|merken sie) (?:dir|sich|euch) ${more}nicht`,
    '(?:nicht|nichts davon) (?:zu )?(?:merken|speichern|behalten)',
    'ne (?:te |vous )?(?:souviens|souvenez|retiens|retenez|mémorise|mémorisez|enregistre|enregistrez) pas',
    'no (?:lo |te |se )?(?:recuerdes|recuerde|guardes|guarde|memorices|memorice)',
  ]).source,
  'iu',
);
