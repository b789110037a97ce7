const prefixed =
  '(?:grand|sub|running|overall)[\\s-]*totals?|(?:zwischen|teil|end|gesamt)summe|sous-total|(?:carried|brought) forward|übertrag';
const joined = '合计|总计|小计|合計|小計|総計';
const words = [
  'totals?|total general|sums?|ttl|summe|gesamt|gesamtergebnis|gesamtbetrag|endergebnis|insgesamt|suma|somme|totale|totaal',
  'eindtotaal|totalsumma|totalsum|hovedtotal|genel toplam|toplam|razem|łącznie|ogółem|celkem|spolu|yhteensä|összesen|összeg|ukupno|σύνολο',
  'итого|всего|общий итог|усього|разом|المجموع|الإجمالي|סהכ|합계|총합계|소계|σ|∑',
  joined,
].join('|');

const alone = new RegExp(`^(?:${prefixed}|${words})$`, 'iu');
const subtotal = new RegExp(`^(?:${prefixed}|小计|小計|总计|総計)$`, 'iu');
const ahead = new RegExp(`^(?:${prefixed}|${words})[\\s:–,-]+(?<named>.{1,60})$`, 'iu');
const behind = new RegExp(
  `^(?<named>.{1,60}?)(?:[\\s:–,-]+(?:${prefixed}|totals?|gesamt|insgesamt|summe|итого|всего)|(?:${joined}))$`,
  'iu',
);
const within = new RegExp(String.raw`(?:^|[^\p{L}])(?:${prefixed}|${words})(?:$|[^\p{L}])`, 'iu');
const mayHold = new RegExp(String.raw`(?:^|[^\p{L}])(?:${prefixed}|${words}|all|alle|overall|null|\*)(?:$|[^\p{L}])|${joined}`, 'iu');
const means =
  'average|avg|mean|durchschnitt|mittelwert|mittel|moyenne|media|promedio|média|gemiddelde?|genomsnitt|среднее|ortalama|średnia|平均|평균|ø';
const mean = new RegExp(`^(?:(?:grand|overall)\\s+)?(?:${means})$`, 'iu');
const mayBeMean = new RegExp(means, 'iu');

export interface TotalName {
  /**
   * `alone`: the whole cell is such a word; `subtotal`: and means nothing else. `behind`: “North total”; `ahead`: “Total North”, as a company
   * may be called; `within`: it has such a word somewhere.
   */
  readonly as: 'subtotal' | 'alone' | 'behind' | 'ahead' | 'within';
  /** What it would be the total of. */
  readonly of?: string | undefined;
}

/** How far a label calls its row a total. */
export function totalName(label: string): TotalName | undefined {
  // Most labels hold no such word, and there are many of them.
  if (label.length > longest || !mayHold.test(label)) return undefined;
  const text = bare(label);
  if (alone.test(text)) return { as: subtotal.test(text) ? 'subtotal' : 'alone' };
  const last = behind.exec(text);
  if (last) return { as: 'behind', of: last.groups?.named };
  const first = ahead.exec(text);
  if (first) return { as: 'ahead', of: first.groups?.named };
  return within.test(text) || (text !== '' && meansAll(text)) ? { as: 'within' } : undefined;
}

const longest = 120;

export function isMeanName(label: string): boolean {
  return label.length <= longest && mayBeMean.test(label) && mean.test(bare(label));
}

/** In a column of names: all of them, as exports of sums over groups write it. */
export function meansAll(text: string): boolean {
  return /^(?:\(?(?:all|alle|overall|null)\)?|\*|[-–—])?$/i.test(text.trim());
}

/** Without signs around it, and without what stands in brackets: "** Total (EUR) **". */
function bare(label: string): string {
  const text = label.replace(/\s+/g, ' ').replace(/(?<=\p{L}\s?)\([^)]*\)/gu, '');
  return text.replace(/^[^\p{L}\p{N}∑]+|[^\p{L}\p{N}∑)]+$/gu, '');
}
