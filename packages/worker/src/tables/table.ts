/** Rows with named columns, as a file held them or as a query made them: kept beside the turn, so that numbers are computed and not guessed. */
export interface Table {
  /** Whoever reads it knows it by this: "costs.xlsx, sheet Q3". */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** What has to be said with whatever is computed from it: "2 total rows are left out". */
  readonly notes: readonly string[];
  /** By a query: what added up others was left out, and a row without a name is the group of the empty cells. */
  readonly isComputed?: boolean | undefined;
}

export interface Column {
  /** Unique in its table, never blank. */
  readonly name: string;
  /** What most of its cells hold. */
  readonly kind: 'number' | 'percent' | 'date' | 'duration' | 'boolean' | 'text';
}

/** One cell, as written and as what it means. */
export interface Cell {
  /** As a person reads it in the file: `0010`, `50 %`, `#N/A`; empty for a gap. */
  readonly text: string;
  /** Undefined: a gap, or nothing that can be computed with. Percentages are fractions, dates ISO 8601, durations hours. */
  readonly value: number | string | boolean | undefined;
}

/** The tables of one turn by their reference, such as `table-1`. */
export interface TableShelf {
  /** Gives its reference. */
  add(table: Table): string;
  get(reference: string): Table | undefined;
  readonly references: readonly string[];
}
