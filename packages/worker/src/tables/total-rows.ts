import { plainName } from '../plain-name.ts';
import type { Cell, Table } from './table.ts';

/** Rows that add up other rows of the same table: with them, every sum would count twice. */
export interface TotalRows {
  /** Their places. */
  readonly rows: ReadonlySet<number>;
  /** As their rows call themselves: "North total". */
  readonly names: readonly string[];
}

const words =
  'totals?|total general|sums?|summe|gesamt|gesamtsumme|insgesamt|suma|somme|totale|totaal|итого|всего|合计|总计|小计|合計|小計|総計|σ|∑';
/** Says that it is a sum, whatever else stands there. */
const certain = new RegExp(
  [
    `(?:${words})\\s*:?`,
    String.raw`(?:.{1,60}[\s:–-])?(?:grand|sub|running|overall)[\s-]*totals?(?:[\s:–-].{1,60})?`,
    String.raw`(?:.{1,60}\s)?(?:zwischen|teil|end|gesamt)summe(?:\s.{1,60})?`,
    'sous-total.{0,60}',
    String.raw`.{1,60}[\s:–-](?:totals?|gesamt|insgesamt|summe|итого|всего)\s*:?`,
    '.{1,60}(?:合计|总计|小计|合計|小計|総計)',
  ]
    .map((form) => `^${form}$`)
    .join('|'),
  'iu',
);
/** In all of these: most rows are looked at no further. */
const hint = /total|totaal|sum|gesamt|som|итого|всего|[计計σ∑]|all/iu;
/** May be a sum, or the name of something, such as a company called Total: its numbers tell. */
const likely = new RegExp(String.raw`(?:^|[^\p{L}])(?:${words}|all|overall)(?:$|[^\p{L}])`, 'iu');

/** What is no sum by its words and its numbers is an ordinary row. */
export function totalRowsOf(table: Table): TotalRows {
  const labels = labelColumnsOf(table);
  const sums = new RunningSums(table);
  const rows = new Set<number>();
  const names: string[] = [];
  for (const [index, row] of table.rows.entries()) {
    const label = labelOf(row, labels, table.columns);
    const isLast = index === table.rows.length - 1;
    if (sums.hasNumber(row) && isTotal(label, isLast, () => sums.addsUp(row))) {
      rows.add(index);
      names.push(label === '' ? `the unnamed row ${index + 1}` : plainName(label));
      sums.close();
    } else sums.take(row);
  }
  // Where every other row says "total", that is one of the values of a column and no sum of others.
  return rows.size * 2 > table.rows.length ? { rows: new Set(), names: [] } : { rows, names };
}

function isTotal(label: string, isLast: boolean, addsUp: () => AddsUp): boolean {
  if (label === '') return isLast && addsUp() === 'whole';
  if (!hint.test(label)) return false;
  return certain.test(label) || (likely.test(label) && addsUp() !== 'nothing');
}

/** A row of sums may hold an average as well. */
type AddsUp = 'whole' | 'partly' | 'nothing';

/** What a row is called stands before its numbers; also in a column of days, where it is none. */
function labelColumnsOf({ columns }: Table): number[] {
  const texts = columns.flatMap(({ kind }, index) => (kind === 'text' || kind === 'date' ? [index] : []));
  const firstNumber = columns.findIndex(({ kind }) => kind === 'number' || kind === 'percent' || kind === 'duration');
  const before = texts.filter((index) => index < firstNumber);
  return before.length > 0 ? before : texts.slice(0, 1);
}

function labelOf(row: readonly Cell[], labels: readonly number[], columns: Table['columns']): string {
  let first = '';
  for (const index of labels) {
    const isDay = columns[index]?.kind === 'date' && row[index]?.value !== undefined;
    const text = isDay ? '' : (row[index]?.text.trim() ?? '');
    if (hint.test(text) && (certain.test(text) || likely.test(text))) return text;
    if (first === '') first = text;
  }
  return first;
}

/** The sums of what stands above, a column each: since the last total, and of all. */
class RunningSums {
  private readonly numeric: readonly number[];
  private block: number[];
  private all: number[];
  private inBlock = 0;
  private inAll = 0;

  constructor({ columns }: Table) {
    this.numeric = columns.flatMap(({ kind }, index) => (kind === 'number' || kind === 'duration' ? [index] : []));
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

  /** Whether the row says of its numbers what those above make together; one row above proves nothing. */
  addsUp(row: readonly Cell[]): AddsUp {
    const ofBlock = this.inBlock > 1 ? this.compared(row, this.block) : 'nothing';
    return ofBlock === 'nothing' && this.inAll > 1 ? this.compared(row, this.all) : ofBlock;
  }

  close(): void {
    this.block = this.numeric.map(() => 0);
    this.inBlock = 0;
  }

  private compared(row: readonly Cell[], sums: readonly number[]): AddsUp {
    const told = this.numeric.flatMap((index, place) => {
      const value = row[index]?.value;
      return typeof value === 'number' && value !== 0 ? [{ value, sum: sums[place] ?? 0 }] : [];
    });
    const equal = told.filter(({ value, sum }) => Math.abs(value - sum) <= 1e-6 * Math.max(1, Math.abs(sum)));
    if (equal.length === 0) return 'nothing';
    return equal.length === told.length ? 'whole' : 'partly';
  }
}
