import { plainName } from '../plain-name.ts';
import { rolledUpRows } from './rolled-up-rows.ts';
import { sameText } from './same-text.ts';
import type { Cell, Column, Table } from './table.ts';
import { isMeanName, meansAll, totalName } from './total-words.ts';

/** Rows that add up other rows of the same table: with them, every sum would count twice. */
export interface TotalRows {
  /** Their places. */
  readonly rows: ReadonlySet<number>;
  /** As their rows call themselves: "North total". */
  readonly names: readonly string[];
  /** Rows that may be such by their name or by their numbers alone. One of both is no proof: they are rows like others. */
  readonly doubtful: readonly string[];
}

/** What is no sum by its words and its numbers is an ordinary row. A query left sums out already. */
export function totalRowsOf(table: Table): TotalRows {
  if (table.isComputed) return { rows: new Set(), names: [], doubtful: [] };
  const labels = labelColumnsOf(table);
  const numeric = numericColumnsOf(table);
  const beside = numeric.filter((index) => !labels.includes(index));
  const layout = { table, labels, numeric, rolledUp: rolledUpRows(table, labels, beside) };
  // Unnamed rows in between are sums where the last one then is one of all.
  const found = totalsIn(layout, true);
  return found.lastUnnamed === 'between' ? totalsIn(layout, false) : found;
}

interface Layout {
  readonly table: Table;
  readonly labels: readonly number[];
  readonly numeric: readonly number[];
  readonly rolledUp: ReadonlySet<number>;
}

function totalsIn(layout: Layout, areUnnamed: boolean): TotalRows & Pick<Search, 'lastUnnamed'> {
  const search = new Search(layout, areUnnamed);
  for (const [index, row] of layout.table.rows.entries()) search.look(index, row);
  return search.found();
}

class Search {
  lastUnnamed: 'between' | 'end' | undefined;
  private readonly table: Table;
  private readonly areUnnamed: boolean;
  private readonly labels: readonly number[];
  private readonly sums: RunningSums;
  private readonly rolledUp: ReadonlySet<number>;
  private readonly last: number;
  private readonly rows = new Map<number, string>();
  private readonly means = new Map<number, string>();
  private readonly doubtful = new Map<number, string>();
  private readonly unproven = new Set<number>();

  constructor({ table, labels, numeric, rolledUp }: Layout, areUnnamed: boolean) {
    this.table = table;
    this.areUnnamed = areUnnamed;
    this.labels = labels;
    this.sums = new RunningSums(numeric, labels);
    this.rolledUp = rolledUp;
    this.last = table.rows.findLastIndex((row, index) => this.sums.hasNumber(row) && !this.rolledUp.has(index));
  }

  look(index: number, row: readonly Cell[]): void {
    if (!this.sums.hasNumber(row)) return;
    const label = labelOf(row, this.labels);
    const name = () => plainName(label || `the unnamed row ${index + 1}`);
    if (this.rolledUp.has(index)) {
      this.rows.set(index, this.groupOf(row));
      return;
    }
    const addsUp = (proof: Proof) =>
      index === 0 ? this.sums.addsUpBelow(row, this.table.rows.slice(1), proof) : this.sums.addsUp(row, proof);
    const isLast = index === this.last;
    const isNamed = (of: string) => this.sums.holds(of);
    const kind = kindOf(label, { isLast, isEnd: isLast || this.areUnnamed, isNamed }, addsUp);
    if (kind === 'total') {
      this.rows.set(index, name());
      if (addsUp(besideWords) === 'nothing') this.unproven.add(index);
      if (label === undefined) this.lastUnnamed = isLast ? 'end' : 'between';
      this.sums.close();
    } else if (label !== undefined && isMeanName(label) && this.sums.isMean(row)) {
      this.means.set(index, name());
    } else {
      this.takeMeans();
      if (kind === 'doubtful') this.doubtful.set(index, name());
      this.sums.take(row);
    }
  }

  found(): TotalRows & Pick<Search, 'lastUnnamed'> {
    // Where every other row says "total", and its numbers do not, that is one of the values of a column and no sum of others.
    if (this.rows.size * 2 > this.table.rows.length) for (const index of this.unproven) this.rows.delete(index);
    for (const [index, name] of this.means) this.rows.set(index, name);
    const names = [...this.rows.values()];
    return { rows: new Set(this.rows.keys()), names, doubtful: [...this.doubtful.values()], lastUnnamed: this.lastUnnamed };
  }

  private groupOf(row: readonly Cell[]): string {
    const names = this.labels.map((label) => row[label]?.text ?? '').filter((text) => !meansAll(text) && !totalName(text));
    return names.length === 0 ? 'all' : `all of ${plainName(names.join(', '))}`;
  }

  /** Averages stand at the end: what has rows below it only happens to be called so. */
  private takeMeans(): void {
    for (const [at, name] of this.means) {
      this.doubtful.set(at, name);
      this.sums.take(this.table.rows[at] ?? []);
    }
    this.means.clear();
  }
}

interface Place {
  readonly isLast: boolean;
  /** It counts without a name. */
  readonly isEnd: boolean;
  /** Whether a row of the same part has that name. */
  readonly isNamed: (name: string) => boolean;
}

/** One and the other, name and numbers, make a total; a cell that is nothing but the word needs no numbers at the end. */
function kindOf(
  label: string | undefined,
  { isLast, isEnd, isNamed }: Place,
  addsUp: (proof: Proof) => AddsUp,
): 'total' | 'doubtful' | 'row' {
  if (label === undefined) return isEnd && addsUp(unnamed) === 'whole' ? 'total' : 'row';
  if (label === '') return 'row';
  const name = totalName(label);
  if (!name) return addsUp(chance) === 'whole' ? 'doubtful' : 'row';
  const isTotal = {
    subtotal: () => true,
    alone: () => isLast || addsUp(besideWords) !== 'nothing',
    behind: () => addsUp(besideWords) !== 'nothing',
    ahead: () => addsUp(isNamed(name.of ?? '') ? besideWords : severalRows) !== 'nothing',
    within: () => addsUp(severalRows) !== 'nothing',
  };
  if (isTotal[name.as]()) return 'total';
  return name.as === 'alone' || addsUp(besideWords) !== 'nothing' ? 'doubtful' : 'row';
}

/** How many rows at least make a sum, of those that are not nought, and how far it may be off, as sums of rounded numbers are. */
interface Proof {
  readonly rows: number;
  readonly filled: number;
  readonly off: number;
}

/** One row proves nothing, but that a sum is called one. */
const unnamed: Proof = { rows: 2, filled: 1, off: 1e-6 };
const severalRows: Proof = { rows: 2, filled: 2, off: 1e-6 };
const besideWords: Proof = { rows: 1, filled: 1, off: 1e-3 };
const chance: Proof = { rows: 3, filled: 3, off: 1e-9 };

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

/** Those that may be added up: shares beside amounts may be of anything. */
function numericColumnsOf(table: Table): number[] {
  const added = placesOf(table, 'number', 'duration');
  return added.length > 0 ? added : placesOf(table, 'percent');
}

function placesOf({ columns }: Table, ...kinds: Column['kind'][]): number[] {
  return columns.flatMap(({ kind }, index) => (kinds.includes(kind) ? [index] : []));
}

/** Undefined where the cells for it are empty; a table without such cells has no nameless rows. */
function labelOf(row: readonly Cell[], labels: readonly number[]): string | undefined {
  const texts = labels.map((index) => row[index]?.text.trim() ?? '').filter((text) => text !== '');
  return texts.find((text) => totalName(text) !== undefined) ?? (labels.length === 0 ? '' : texts[0]);
}

/** Of rows, a column each. */
class Sums {
  readonly sums: number[];
  rows = 0;
  filled = 0;
  isEven = true;
  private readonly columns: readonly number[];

  constructor(columns: readonly number[]) {
    this.columns = columns;
    this.sums = columns.map(() => 0);
  }

  take(row: readonly Cell[]): void {
    let isFilled = false;
    for (const [place, index] of this.columns.entries()) {
      const value = row[index]?.value;
      if (typeof value !== 'number') continue;
      this.isEven &&= this.rows === 0 || Math.abs((this.sums[place] ?? 0) / this.rows - value) < 1e-9;
      this.sums[place] = (this.sums[place] ?? 0) + value;
      isFilled ||= value !== 0;
    }
    this.rows += 1;
    if (isFilled) this.filled += 1;
  }
}

/** The sums of what stands above: since the last total, and of all. */
class RunningSums {
  private readonly numeric: readonly number[];
  private readonly labels: readonly number[];
  private block: Sums;
  private readonly all: Sums;
  private readonly names = new Set<string>();
  /** As they are written: few are ever asked for. */
  private written: string[] = [];

  constructor(numeric: readonly number[], labels: readonly number[]) {
    this.numeric = numeric;
    this.labels = labels;
    this.block = new Sums(numeric);
    this.all = new Sums(numeric);
  }

  hasNumber(row: readonly Cell[]): boolean {
    return this.numeric.some((index) => typeof row[index]?.value === 'number');
  }

  take(row: readonly Cell[]): void {
    this.block.take(row);
    this.all.take(row);
    for (const index of this.labels) this.written.push(row[index]?.text ?? '');
  }

  /** Whether a row since the last total has that name. */
  holds(name: string): boolean {
    for (const text of this.written) this.names.add(sameText(text));
    this.written = [];
    return this.names.has(sameText(name));
  }

  /** Whether the row says of its numbers what those above make together. */
  addsUp(row: readonly Cell[], proof: Proof): AddsUp {
    const ofBlock = this.proven(row, this.block, proof);
    return ofBlock === 'nothing' ? this.proven(row, this.all, proof) : ofBlock;
  }

  /** A first row may stand above what it adds up. */
  addsUpBelow(row: readonly Cell[], below: Table['rows'], proof: Proof): AddsUp {
    const sums = new Sums(this.numeric);
    for (const other of below) sums.take(other);
    return this.proven(row, sums, proof);
  }

  /** Whether the row says of its numbers what those above, or since the last total, are on average. Of equal ones that says nothing. */
  isMean(row: readonly Cell[]): boolean {
    return [this.block, this.all].some(
      ({ sums, rows, isEven }) =>
        rows > 1 &&
        !isEven &&
        this.compared(
          row,
          sums.map((sum) => sum / rows),
          1e-2,
        ) !== 'nothing',
    );
  }

  close(): void {
    this.block = new Sums(this.numeric);
    this.names.clear();
    this.written = [];
  }

  private proven(row: readonly Cell[], { sums, rows, filled }: Sums, proof: Proof): AddsUp {
    return rows >= proof.rows && filled >= proof.filled ? this.compared(row, sums, proof.off) : 'nothing';
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
