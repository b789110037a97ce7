import { asksToForget, plainWords } from './asks-to-forget.ts';

/**
 * Whether a message may ask to have something of its asker's forgotten, or not kept: then it is not noted, and nothing is recalled for it.
 * Wider than what has something deleted at once, for a false alarm costs one note: a word of deleting is enough, in English and German beside
 * one of the asker's own or a number, since there people delete much else. No list holds all the words: what it misses the model hears, and of a
 * question in which that calls its tool nothing is noted either.
 */
export function mayAskToForget(text: string): boolean {
  if (asksToForget(text)) return true;
  return plainWords(text)
    .replace(done, ' … ')
    .split(/[.!?;…]+(?=\s|$)/u)
    .some((sentence) => anywhere.test(sentence) || ((own.test(sentence) || longNumber.test(sentence)) && ofOwn.test(sentence)));
}

/** No letter stands before the words; after them, where they end with a blank, none either. */
function words(lines: readonly string[]): RegExp {
  const parts = lines.join('|').replaceAll(' ;', String.raw`(?![\p{L}\p{M}])`);
  return new RegExp(`(?<![\\p{L}\\p{M}])(?:${parts})`, 'iu');
}

/** What somebody tells that was done, or that they do themselves, asks for nothing. */
const done = new RegExp(
  [
    String.raw`(?<![\p{L}'])(?:i|we|they|he|she|who|somebody|someone)(?:'ve|'d| have| has| had)? (?:\p{L}+ ){0,2}?(?:delete|erase|remove|wipe|discard|store|save|keep|retain|record)[ds]?(?!\p{L})`,
    String.raw`(?<!\p{L})(?:i|we|they|he|she) (?:\p{L}+ )?(?:don't|dont|do not|didn't|never|can't|cannot|won't) (?:store|save|keep|retain|record|note|log|have)`,
    String.raw`(?<!\p{L})(?:ich|wir) (?:\p{L}+ )?(?:lösche|löschen|entferne|entfernen|streiche|streichen|speichere|speichern|notiere|behalte)(?!\p{L})`,
  ].join('|'),
  'giu',
);

const own = words([String.raw`(?:i|i'm|i've|i'd|my|mine|me|we|our|us|ich|mein\p{L}*|mir|mich|wir|unser\p{L}*|uns) ;`]);

const longNumber = /\d(?:[ ()/-]?\d){4}/;

const keep = '(?:stor|sav|keep|note ;|noting|record|remember|retain|hold|memori|log ;|hang on)';
const behalte = '(?:speicher|merk|behalt|behält|notier|erinner|aufschreib)';

const ofOwn = words([
  'delet(?!ed)|eras(?:e|ing) ;|remov(?!ed)|wip(?:e|ing)|scrub|purg|expung|redact|discard|get(?:ting)? rid',
  String.raw`(?:be|want|like|need|get|have|please)(?: [^\s.?!]+){0,6}? (?:deleted|erased|removed|wiped) ;`,
  String.raw`(?:clear|bin|trash|shred)(?: out| up| away)? (?:all |any |please )?(?:my|our|what|that|this|it|[+(]?\d)`,
  String.raw`(?:don't|dont|do not|doesn't|not|no|never|nothing|nowhere|without)(?: [\p{L}\d'-]+){0,6}? (?:on (?:file|record)|kept|stored|saved|recorded|remembered|retained|noted|held) ;`,
  'no (?:record|note|trace|copy|mention)s? of',
  'lösch(?!er)|gelösch|loesch|entfernen? ;|streich(?:e|en|t)? ;|gestrichen|tilg|radier',
  `(?:don't|dont|do not|never|not|stop|no longer|shouldn't|mustn't|needn't|won't|wouldn't) (?:\\p{L}+ ){0,2}?${keep}`,
  `(?:don't|dont|do not|not|rather|never|wouldn't) (?:\\p{L}+ ){0,2}?you (?:[\\p{L}']+ ){0,2}?(?:${keep}|have ;|having|know)`,
  "you (?:should|must|need)(?: not|n't) (?:have|know) ;",
  `(?:nicht|nichts|nie|niemals|nirgends) (?:\\p{L}+ ){0,3}?(?:ge|ab|auf|ein|zu)*${behalte}`,
  `(?:muss|müssen|soll|sollen|sollte|kann) (?:\\p{L}+ ){0,3}?(?:raus|weg) ;`,
  `${behalte}\\p{L}*(?: [^\\s,.?!:;]+){0,5}? (?:nicht|nirgends) ;`,
  'tak(?:e|ing) (?:(?:it|that|this)(?: all)? back|back (?:what|that|everything|all|it|my) ;)',
  "(?:scratch|strike|disregard|ignore|drop|unsay|unhear|lose) (?:what|that|everything|anything|all|the)(?: [\\p{L}']+){0,3}? (?:i|i've|my|me) ;",
  "you (?:don't|do not|didn't|did not|needn't) (?:need to )?(?:know|have|hear|read|see) ;|you never (?:heard|read|saw)|never (?:told|said|mentioned) ;",
  'nehm\\p{L}* (?:[\\p{L}]+,? ){0,8}?zurück ;|(?:pretend|as if|as though)(?: [^\\s]+){0,8}? (?:never|not|didn’t) ;',
]);

const store = '(?:memory|memories|mind|head|brain|records|notes)';
const anywhere = new RegExp(
  [
    words([
      `(?:out of|from|off) (?:your|vera's|the bot's) (?:own |long-term )?${store} ;`,
      String.raw`(?:aus|von) (?:dein|ihr|eur)\p{L}* (?:gedächtnis|speicher|kopf|notizen|erinnerung)`,
      '(?:scratch|strike) that ;|never mind (?:what|that) i ;',
      'efface|supprim|enlève|enlevez|retirez|retire (?:mon|ma|mes|ce|ça|le fait)|oubli',
      String.raw`n(?:e |')(?:\p{L}+ )?(?:gard|retien|retenez|enregistr|note|mémoris|stock|conserv)\p{L}* (?:pas|plus|jamais) ;`,
      '(?:no|não|non|не)(?: me| te| lo)? (?:almacen|guard|salv|memori|conserv|armazen|сохран|запоми|храни|записыв)',
      String.raw`(?:bewaar|onthoud|sla)(?: \p{L}+){1,4} niet ;|niet (?:te )?(?:bewaren|opslaan|onthouden)`,
      'borr(?!ow)|bórr|elimin(?!at)|suprim[aeií]|quita ;|quitar|quítal|quíta|olvid',
      'cancella(?:re|te|l[oaie])? ;|rimuov|togli|dimentic|scorda',
      'apag(?:a|ue|ar)|remov(?:a|er) ;|exclu(?:a|ir) ;|delet(?:a|ar) ;|esque[cç]',
      'wis ;|wissen mijn|verwijder|schrap ;|schrappen ;|verge(?:et|ten) ;',
      'radera|ta bort|fjern|slett ;|slette ;|slet ;|glöm|glem ;|poista|unohda|töröl|felejts|șterge|sterge|uită|sil ;|siler|silin|unut',
      'usuń|usunąć|wymaż|skasuj|zapomnij|smaž|vymaž|odstra[nň]|zapome[nň]|izbriši|obriši',
      'удали(?:те|ть)? ;|сотри|стереть ;|забудь|видали|зітри|изтри',
      'διάγραψ|διαγράψ|σβήσ|ξέχασ|احذف|امسح|انس|מחק|תמחק|שכח|hapus|lupakan|xóa|xoá|quên',
    ]).source,
    '删|刪|清除|抹去|[去拿]掉|移除|忘|削除|消して|消去|삭제|지워|잊어|हटा|मिटा|भूल|ลบ|ลืม|記憶から|기억에서|不要?(?:保存|储存|儲存|记录|記錄)|(?:保存|記録)しないで|저장하지',
  ].join('|'),
  'iu',
);
