/**
 * Whether a message asks to forget something, or not to remember it, in any of the languages people thank Vera in. What does is never noted:
 * extraction would learn from it what is to go. A "don't forget" asks for the contrary; a doubtful one counts, for what was not noted can be
 * said again.
 */
export function asksToForget(text: string): boolean {
  const words = plainWords(text);
  return [toForget, fromMemory, toDelete, notToRemember].some((pattern) => pattern.test(words));
}

/** A message in small letters and plain signs, without what asks for the contrary. */
export function plainWords(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase()
    .replace(/[‘’´`]/g, "'")
    .replaceAll('ß', 'ss');
  return plain.replace(/[\s*_~]+/gu, ' ').replace(contrary, ' … ');
}

/** No letter stands there. `\b` knows Latin ones without accents only. */
const [before, after] = [String.raw`(?<![\p{L}\p{M}])`, String.raw`(?![\p{L}\p{M}])`];

function anyOf(lines: readonly string[], { isWord = true } = {}): RegExp {
  const parts = lines.join('|');
  // Never with the flag that remembers where the last match was: `test` would go on from there.
  return new RegExp(isWord ? `${before}(?:${parts})${after}` : `(?:${parts})`, 'iu');
}

const more = String.raw`(?:[\p{L}'-]+ ){0,3}?`;
/** Of what is forgotten, but of much else as well. */
const deleting =
  'delete|deleting|erase|erasing|remove|removing|wipe|wiping|drop|dropping|scrub|purge|purging|discard|discarding|strike|disregard|ignore|get rid of';

/** Begins another clause, or takes back what denies: “I don't mind if you forget”. */
const sameAsk = String.raw`(?:but|and|so|then|please|just|or|instead|can|could|mind|care)(?![\p{L}'])`;
const gladly = 'bitte|kann|könn|soll|darf|dürf|muss|müss|würd|wird|wirst|möcht|will|woll|lass';

const contrary = new RegExp(
  [
    anyOf([
      "(?<!why )(?:don't|dont|do not|never|not|won't|mustn't|didn't|can't|cannot) (?:ever |please )?(?:forget|forgetting|be forgotten)",
      String.raw`(?<!(?:can|could|may|might|shall|should|let) )(?:i|they|people|users) (?:[\p{L}']+ )?forget`,
      // Else it is what they propose: “what if we forget …”.
      '(?<=(?:^|[.?!:;,–—-]|(?:when|whenever|because|and|but|sometimes|so)) ?)we (?:(?:always|often|sometimes|never|keep|just|easily) )?forget',
      String.raw`(?:don't|dont|do not|never|won't|nobody|no one|noone|none of us|lest|without|not to|not let|to not)(?! (?:you|we) )(?: (?!${sameAsk})[\p{L}']+){0,5} forget(?:s|ting)?`,
      String.raw`(?:do|does|did) (?:i|you|we|they|he|she|people|users) (?:[\p{L}']+ )?forget`,
      String.raw`(?:asked|asks|told|tells|wants?|wanted|urged) (?:me|us|him|her|them|people|everyone) to (?:\p{L}+ )?forget`,
      'set(?: it)?[ -]and[ -]forget(?: it)?',
      'forget to|forgetting to|right to be forgotten|(?:keep|keeps|kept) forgetting|if (?:you|we|i) forget(?=[,:])',
      '(?:in case|lest|before|unless|when|whenever) (?:i|you|we|they|people|anyone|somebody|someone) forget',
      String.raw`(?:i|we|they|he|she|people|users) (?:really |just |still |simply )?(?:don't|dont|do not|didn't|did not|can't|cannot|can not|couldn't|could not|no longer|can no longer|could no longer|never) (?:[\p{L}']+ )?(?:remember|recall|know)`,
      String.raw`how (?:to|(?:do|does|can|could|should|would|must) (?:i|we|one|people|users)) (?:[\p{L}']+ )?(?:${deleting})`,
      `wie (?:kann|können|könnte|soll|sollen|muss|darf|lösche?n?|entfernen?|streichen?) (?:ich|wir|man)${after}(?:(?!vergess)[^.?!,]){0,80}`,
      String.raw`ich (?:[\p{L}]+ )?(?:erinnere?|merke?) (?:mich|mir) [^.?!]{0,40}?nicht`,
      String.raw`ich (?:kann|konnte) [^.?!]{0,60}?nicht (?:mehr )?(?:\p{L}+ )?(?:speichern|behalten|merken|erinnern)`,
      `vergiss ${more}(?:nicht|nie|niemals)`,
      '(?:nicht|nie|niemals) (?:zu )?(?:vergessen|vergisst|vergesst)',
      `(?:hab|habe|hast|hat|haben|hatte|hatten|hattest) (?:(?!(?<!\\p{L})(?:${gladly}))[^.?!:;,–—]){0,80}?vergessen`,
      String.raw`(?:nicht|nie|niemals|niemand|keiner)(?:,? dass)?(?: (?!(?:und|aber|sondern|${gladly}))\p{L}+){0,5} verg[ei]ss\p{L}*`,
      "j'oublie",
      String.raw`n(?:e |')(?:(?! et | mais )[^.?!,;:]){0,40}?(?:pas|jamais|personne)(?:(?! et | mais )[^.?!,;:]){0,30}? (?:n')?oubli\p{L}*`,
      String.raw`(?:no|nunca|nadie)(?: (?!y |pero )\p{L}+){1,4} olvid\p{L}+`,
      String.raw`(?:non|mai|nessuno)(?: (?!e |ma )\p{L}+){1,4} (?:dimentic|scord)\p{L}+`,
      String.raw`(?:não|nunca|ninguém)(?: (?!e |mas )\p{L}+){1,4} esque[cç]\p{L}+`,
      '(?:niet|nooit|niemand)(?: te)? verge(?:et|ten)',
      String.raw`(?:inte|aldrig|ikke|aldri|ingen) (?:\p{L}+ )?(?:glömm?|glem)\p{L}*`,
      String.raw`не(?: \p{L}+){1,3} забы\p{L}+`,
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
      'forget|forgetting|forgets|unlearn|un-?remember|be forgotten',
      String.raw`(?:want|like|need|wish|prefer|rather|have)(?: [^\s.?!]+){1,15}?(?<! (?:have|had|has|having|not|never|ever|always|\S*'ve)) forgotten`,
      'vergiss|vergesst|vergessen',
      'dass (?:du|ihr|sie|vera) [^.?!]{0,120}?vergisst',
      'oublie|oubliez|oublier|oublies|oublions',
      'olvida|olvide|olvidad|olviden|olvidar|olvides|olvidemos|olvídalo|olvídate|olvídelo|olvidarlo|olvidarte',
      'dimentica|dimenticate|dimentichi|dimenticare|dimenticalo|dimentichiamo|dimenticarlo|scorda|scordati|scordare',
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

/** Of the one who asks. */
const own = "i|i'm|im|i've|i'd|i'll|my|mine|me|we|we're|we've|our|us";
/** What people tell of themselves; behind it no place it would be deleted from but Vera's memory. */
const [ofOneself, vonSich] = [
  String.raw`(?:\S+ ){0,2}?(?:number|phone|mobile|address|birthday|birth date|date of birth|name|nickname|e-?mail|salary|age|data|details|info|information|preferences?|secret|role|diet|allerg\p{L}+|holidays?|vacation|hobby|hobbies)${after}(?! (?:from|in|on|at|of) (?!your|memory))`,
  String.raw`(?:\S+ )?(?:\p{L}*nummer|adresse|anschrift|geburtstag|geburtsdatum|namen?|spitznamen?|e-?mail\S*|gehalt|alter|daten|angaben|vorlieben?|geheimnis|urlaub|hobbys?)${after}(?! (?:aus|in|im|von|vom) (?!dein|ihr|euer|gedächtnis))`,
];
/** A word of a subject: nothing that begins another clause. */
const noun = String.raw`(?!(?:when|if|once|after|before|because|since|and|or|so|which|that|who|from|in|for|to|with|of|on|at|as|while|until|unless)[ ])[^\s,;:.?!]+`;

/** Deleted is what somebody said: a clause, or something of their own; a branch or a table is not. */
const toDelete = new RegExp(
  anyOf([
    String.raw`(?:${deleting})(?: [^\s.?!]+){0,4}? (?:that|how|where|whom?) (?:${own})`,
    String.raw`(?:${deleting})(?: [^\s.?!]+){0,4}? that,? (?:${noun} ){1,5}?(?:${own}|is|am|are|was|were|has|have|had|will)`,
    String.raw`(?:${deleting}) [^.?!\n]{0,40}?i(?:'ve| have)?(?: just| once)? (?:said|told|wrote|mentioned|shared)`,
    `(?:${deleting}) (?:all |any |both |please )?(?:my|our) ${ofOneself}`,
    String.raw`(?:my|our) ${ofOneself},?(?: [^\s.?!]+){0,6}? be (?:deleted|erased|removed|wiped)`,
    String.raw`(?:lösch|loesch|entfern|streich|tilg)\p{L}*,?(?: [^\s.?!]+){0,4}?(?<!ohne|so|damit) dass`,
    String.raw`(?:dass|was) [^.?!]{1,120}?(?:bitte|kannst|könntest|können|könnten|sollst|sollen|musst|darfst)(?: [^\s.?!]+){0,4}? (?:lösch|loesch|entfern|streich|tilg)\p{L}*`,
    String.raw`(?:lösch|loesch|entfern|streich|tilg)\p{L}*(?: [^\s.?!]+){0,3}? (?:(?:mein|unser)\p{L}* ${vonSich}|was ich)`,
    String.raw`(?:mein|unser)\p{L}* ${vonSich}(?: [^\s.?!]+){0,4}? (?:lösch|loesch|entfern|streich|tilg)\p{L}*`,
    String.raw`(?:effac|supprim|enlèv|retir)\p{L}*(?: [^\s.?!]+){0,5}? qu(?:e |')(?:je|j'|mon|ma|mes|nous|notre|nos)\p{L}*`,
    String.raw`(?:effac|supprim|enlèv|retir)\p{L}*(?: [^\s.?!]+){0,3}? ce que (?:je|j'|nous)\p{L}*`,
    String.raw`(?:borr|bórr|elimin|suprim|quit)\p{L}*,?(?: por favor,?)?(?: el hecho de| eso de| lo de)? que`,
    String.raw`(?:cancell|elimin|rimuov|togli)\p{L}*,?(?: per favore,?)?(?: il fatto)? che`,
    String.raw`(?:apag|remov|exclu|elimin)\p{L}*,?(?: por favor,?)?(?: o fato de)? que`,
    String.raw`(?:wis|verwijder|schrap)\p{L}*,?(?: [^\s.?!]+){0,2}? dat (?:ik|mijn|we|wij|ons|onze)`,
    String.raw`(?:ta bort|radera|slet|slett)(?: [^\s.?!]+){0,2}? (?:att|at) (?:jag|jeg|min|mitt|mina|mit|mine|vi|vår|vores)`,
    String.raw`(?:usuń|usuńcie|wymaż|skasuj|smaž|smažte|vymaž|vymažte|удали|удалите|сотри|сотрите|видали|видаліть),?(?: [^\s.?!]+){0,2}? (?:że|že|что|що)`,
  ]).source,
  'iu',
);

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
  [
    anyOf([
      String.raw`(?:don't|dont|do not|never|not to|stop|please not|you not|we not|us not|needn't|need not) (?:\p{L}+ )?(?:remember|remembering|memori[sz]e|memori[sz]ing)`,
      String.raw`(?:don't|dont|do not|wouldn't|no) (?:want|need|like|wish|have)(?: (?!(?:so|and|but|please) )[^\s,.?!:;–—]+){0,8}? (?:remember|remembered|memori[sz]ed?|keep in mind|kept in mind)`,
      'not (?:to )?be (?:remembered|memori[sz]ed)',
      'no longer (?:remember|recall|know|memori[sz]e)|no longer (?:keep|store|save) (?:that|my|our|what|anything|this|it)',
      'stop (?:knowing|recalling)|stop (?:keeping|storing|saving|using) (?:my|our|that i|what i|anything about)',
      "(?:don't|dont|do not|never|not) (?:save|store|keep|note|record) (?:this|that|it|any of)",
      'off the record|between us only|just between us',
      `(?:merk|merke|merken sie) (?:dir|sich|euch) ${more}nicht`,
      '(?:nicht|nichts davon) (?:zu )?(?:merken|speichern|behalten)',
      String.raw`(?:erinner|behalt|behält|merk)\p{L}*(?: [^\s,.?!:]+){0,5}? (?:nicht|nichts)`,
      String.raw`(?:sollst|sollt|sollen|musst|darfst|brauchst)(?: [^\s.?!]+){0,10}? nicht (?:mehr )?(?:daran |davon )?(?:zu )?(?:wissen|merken|erinnern|behalten)`,
      'ne (?:te |vous )?(?:souviens|souvenez|retiens|retenez|mémorise|mémorisez|enregistre|enregistrez|rappelle|rappelez) (?:pas|plus)',
      'no (?:lo |te |se )?(?:recuerdes|recuerde|guardes|guarde|memorices|memorice|acuerdes|acuerde)',
      'non (?:ti |vi )?(?:ricordare|ricordarti|ricordarlo|memorizzare|salvare)',
      'não (?:se |te )?(?:lembre|lembres|guarde|guardes|memorize|memorizes)',
      'niet (?:meer )?(?:te )?onthouden|onthoud (?:\\p{L}+ ){0,2}?niet',
      'kom inte ihåg|husk ikke|ikke husk|älä muista|nie zapamiętuj|nepamatuj|не запоминай(?:те)?',
    ]).source,
    anyOf(['不要记', '不要記', '别记住', '別記住', '覚えないで', '覚えなくて', '記憶から', '기억하지 마', '기억에서', 'याद मत'], {
      isWord: false,
    }).source,
  ].join('|'),
  'iu',
);
