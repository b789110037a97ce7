import { plainName } from '../plain-name.ts';
import type { Cell, Column, Table } from './table.ts';

/** Rows that add up other rows of the same table: with them, every sum would count twice. */
export interface TotalRows {
  /** Their places. */
  readonly rows: ReadonlySet<number>;
  /** As their rows call themselves: "North total". */
  readonly names: readonly string[];
}

const words = [
  'totals?|total general|sums?|ttl|summe|gesamt|gesamtsumme|gesamtergebnis|gesamtbetrag|endergebnis|insgesamt|suma|somme|totale|totaal',
  'eindtotaal|totalsumma|totalsum|hovedtotal|genel toplam|toplam|razem|łącznie|ogółem|celkem|spolu|yhteensä|összesen|összeg|ukupno|σύνολο',
  'итого|всего|общий итог|усього|разом|المجموع|الإجمالي|סהכ|合计|总计|小计|合計|小計|総計|합계|총합계|소계|σ|∑',
].join('|');
/** Of what stands above, it tells what is usual. */
const meansOf =
  /^(?:(?:grand|overall)\s+)?(?:average|avg\.?|mean|durchschnitt|mittelwert|mittel|moyenne|media|promedio|média|gemiddelde?|genomsnitt|среднее|ortalama|średnia|平均|평균|ø)(?:$|[\s:–-].{0,60}$)/iu;
/** Says that it is a sum, whatever else stands there. */
const certain = whole([
  String.raw`(?:.{1,60}[\s:–-])?(?:grand|sub|running|overall)[\s-]*totals?(?:[\s:–-].{1,60})?`,
  String.raw`(?:.{1,60}\s)?(?:zwischen|teil|end|gesamt)summe(?:\s.{1,60})?`,
  'sous-total.{0,60}',
  '.{1,60}(?:合计|总计|小计|合計|小計|総計)',
]);
/** A sum where it stands last. Elsewhere it may be a company or a toothpaste, and its numbers tell. */
const atEnd = whole([`(?:${words})\\s*:?`, String.raw`.{1,60}[\s:–-](?:totals?|gesamt|insgesamt|summe|итого|всего)\s*:?`]);
/** “Total North”: its numbers tell, also where it adds up one row. */
const ahead = whole([String.raw`(?:${words})[\s:–-].{1,60}`]);
/** Has such a word in it: its numbers tell. */
const likely = new RegExp(String.raw`(?:^|[^\p{L}])(?:${words}|all|overall)(?:$|[^\p{L}])`, 'iu');

function whole(forms: readonly string[]): RegExp {
  return new RegExp(forms.map((form) => `^${form}$`).join('|'), 'iu');
}

/** What is no sum by its words and its numbers is an ordinary row. */
export function totalRowsOf(table: Table): TotalRows {
  // Unnamed rows in between are sums where the last one then is one of all.
  const found = totalsIn(table, true);
  return found.lastUnnamed === 'between' ? totalsIn(table, false) : found;
}

function totalsIn(table: Table, areUnnamed: boolean): TotalRows & { readonly lastUnnamed: 'between' | 'end' | undefined } {
  const labels = labelColumnsOf(table);
  const sums = new RunningSums(table);
  const rows = new Map<number, string>();
  const unproven = new Set<number>();
  let lastUnnamed: 'between' | 'end' | undefined;
  const last = table.isComputed ? undefined : table.rows.findLastIndex((row) => sums.hasNumber(row));
  for (const [index, row] of table.rows.entries()) {
    const label = labelOf(row, labels);
    const isLast = index === last;
    const addsUp = (proof: Proof) => (index === 0 ? sums.addsUpBelow(row, table.rows.slice(1), proof) : sums.addsUp(row, proof));
    const found = sums.hasNumber(row)
      ? kindOf(label, { isLast, isEnd: isLast || areUnnamed }, { addsUp, isMean: () => sums.isMean(row) })
      : 'row';
    if (found === 'row') sums.take(row);
    else rows.set(index, label === undefined ? `the unnamed row ${index + 1}` : plainName(label));
    if (found !== 'total') continue;
    if (addsUp(besideWords) === 'nothing') unproven.add(index);
    if (label === undefined) lastUnnamed = isLast ? 'end' : 'between';
    sums.close();
  }
  if (rows.size * 2 > table.rows.length) drop(rows, unproven);
  return { rows: new Set(rows.keys()), names: [...rows.values()], lastUnnamed };
}

function kindOf(
  label: string | undefined,
  place: Place,
  { addsUp, isMean }: { readonly addsUp: (proof: Proof) => AddsUp; readonly isMean: () => boolean },
): 'row' | 'total' | 'mean' {
  if (isTotal(label, place, addsUp)) return 'total';
  return meansOf.test(label ?? '') && isMean() ? 'mean' : 'row';
}

/** Where every other row says "total", and its numbers do not, that is one of the values of a column and no sum of others. */
function drop(rows: Map<number, string>, unproven: ReadonlySet<number>): void {
  for (const index of unproven) rows.delete(index);
}

interface Place {
  readonly isLast: boolean;
  /** It counts without a name. */
  readonly isEnd: boolean;
}

function isTotal(label: string | undefined, { isLast, isEnd }: Place, addsUp: (proof: Proof) => AddsUp): boolean {
  if (label === undefined) return isEnd && addsUp(alone) === 'whole';
  if (certain.test(label)) return true;
  if (atEnd.test(label)) return isLast || addsUp(besideWords) !== 'nothing';
  if (likely.test(label)) return addsUp(ahead.test(label) ? oneRow : alone) !== 'nothing';
  // Whatever it is called: so many numbers are no chance.
  return isLast && addsUp(manyRows) === 'whole';
}

/** How many rows at least make a sum, and how far it may be off, as sums of rounded numbers are. */
interface Proof {
  readonly rows: number;
  readonly off: number;
}

/** One row proves nothing, but that a sum is called one. */
const alone: Proof = { rows: 2, off: 1e-6 };
const oneRow: Proof = { rows: 1, off: 1e-6 };
const manyRows: Proof = { rows: 5, off: 1e-9 };
const besideWords: Proof = { rows: 1, off: 1e-3 };

/** A row of sums may hold an average as well. */
type AddsUp = 'whole' | 'partly' | 'nothing';

/** What a row is called stands before its numbers, or in the first of them, as a year does; also in a column of days. */
function labelColumnsOf(table: Table): number[] {
  const texts = placesOf(table, 'text', 'date');
  const numbers = placesOf(table, 'number', 'percent', 'duration');
  const before = texts.filter((index) => index < (numbers[0] ?? -1));
  if (before.length > 0) return before;
  return [...texts.slice(0, 1), ...(numbers.length > 1 ? numbers.slice(0, 1) : [])];
}

function placesOf({ columns }: Table, ...kinds: Column['kind'][]): number[] {
  return columns.flatMap(({ kind }, index) => (kinds.includes(kind) ? [index] : []));
}

/** Undefined where the cells for it are empty; a table without such cells has no nameless rows. */
function labelOf(row: readonly Cell[], labels: readonly number[]): string | undefined {
  const texts = labels.map((index) => row[index]?.text.trim() ?? '').filter((text) => text !== '');
  return texts.find((text) => certain.test(text) || likely.test(text)) ?? (labels.length === 0 ? '' : texts[0]);
}

/** The sums of what stands above, a column each: since the last total, and of all. */
class RunningSums {
  private readonly numeric: readonly number[];
  private block: number[];
  private all: number[];
  private inBlock = 0;
  private inAll = 0;

  constructor(table: Table) {
    const added = placesOf(table, 'number', 'duration');
    // Shares beside amounts may be of anything.
    this.numeric = added.length > 0 ? added : placesOf(table, 'percent');
    this.block = this.numeric.map(() => 0);
    this.all = this.numeric.map(() => 0);
  }

  hasNumber(row: readonly Cell[]): boolean {
    return this.numeric.some((index) => typeof row[index]?.value === 'number');
  }

  take(row: readonly Cell[]): void {
    for (const [place, index] of this.numeric.entries()) {
      const value = row[index]?.value;
      if (typeof value !== 'number') continue;
      this.block[place] = (this.block[place] ?? 0) + value;
      this.all[place] = (this.all[place] ?? 0) + value;
    }
    this.inBlock += 1;
    this.inAll += 1;
  }

  /** Whether the row says of its numbers what those above make together. */
  addsUp(row: readonly Cell[], { rows, off }: Proof): AddsUp {
    const ofBlock = this.inBlock >= rows ? this.compared(row, this.block, off) : 'nothing';
    return ofBlock === 'nothing' && this.inAll >= rows ? this.compared(row, this.all, off) : ofBlock;
  }

  /** A first row may stand above what it adds up. */
  addsUpBelow(row: readonly Cell[], below: Table['rows'], { rows, off }: Proof): AddsUp {
    if (below.length < rows) return 'nothing';
    const sums = this.numeric.map((index) =>
      below.reduce((sum, other) => sum + (typeof other[index]?.value === 'number' ? other[index].value : 0), 0),
    );
    return this.compared(row, sums, off);
  }

  /** Whether the row says of its numbers what those above, or since the last total, are on average. */
  isMean(row: readonly Cell[]): boolean {
    const means = (sums: readonly number[], rows: number) => sums.map((sum) => sum / rows);
    return (
      (this.inBlock > 1 && this.compared(row, means(this.block, this.inBlock), 1e-2) !== 'nothing') ||
      (this.inAll > 1 && this.compared(row, means(this.all, this.inAll), 1e-2) !== 'nothing')
    );
  }

  close(): void {
    this.block = this.numeric.map(() => 0);
    this.inBlock = 0;
  }

  private compared(row: readonly Cell[], sums: readonly number[], off: number): AddsUp {
    const told = this.numeric.flatMap((index, place) => {
      const value = row[index]?.value;
      return typeof value === 'number' && value !== 0 ? [{ value, sum: sums[place] ?? 0 }] : [];
    });
    const equal = told.filter(({ value, sum }) => Math.abs(value - sum) <= off * Math.max(1, Math.abs(sum)));
    if (equal.length === 0) return 'nothing';
    return equal.length === told.length ? 'whole' : 'partly';
  }
}
