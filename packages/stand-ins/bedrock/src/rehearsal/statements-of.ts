export type BlockKind = 'paragraph' | 'list' | 'table' | 'code';

/** One thing a text says: a sentence, a list item, a table row, or a whole piece of code. */
export interface Statement {
  readonly text: string;
  readonly kind: BlockKind;
  /** The cells of a table's row behind the first, with the names of their columns. */
  readonly cells?: readonly Cell[];
}

export interface Cell {
  readonly column: string;
  readonly value: string;
}

const itemMark = /^\s*(?:[-*+]|\d+[.)])\s+/;

export function kindOf(block: string): BlockKind {
  if (/^\s*(?:```|~~~)/.test(block)) return 'code';
  if (/^\s*\|.*\|\s*\n\s*\|[\s:|-]+\|/.test(block)) return 'table';
  return itemMark.test(block) ? 'list' : 'paragraph';
}

export function statementsOf(block: string): Statement[] {
  const kind = kindOf(block);
  if (kind === 'table') return rowsOf(block);
  return textsOf(block, kind)
    .map((text) => ({ kind, text: text.trim() }))
    .filter(({ text }) => text !== '');
}

function textsOf(block: string, kind: BlockKind): string[] {
  if (kind === 'code') return [block];
  if (kind === 'list') return block.split(/\n(?=\s*(?:[-*+]|\d+[.)])\s)/).map((item) => oneLine(item.replace(itemMark, '')));
  return oneLine(block.replace(/^#+ .*$/gm, '')).split(
    /(?<=[.!?]["')\]]?)(?<!\b(?:Dr|Mr|Mrs|Ms|St|Prof|No|vs|approx|e\.g|i\.e)\.)\s+(?=[\p{Lu}\d"'`*[(])/u,
  );
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}

function rowsOf(table: string): Statement[] {
  const [header = [], , ...rows] = table.trim().split('\n').map(cellsOf);
  return rows.map(([first = '', ...values]) => {
    const cells = values.map((value, index) => ({ column: columnOf(header, index + 1), value })).filter(({ value }) => value !== '');
    return { kind: 'table' as const, cells, text: wordRow(first, cells) };
  });
}

/** In small letters within a sentence; above an empty corner stand names, which keep theirs. */
function columnOf(header: readonly string[], at: number): string {
  const name = header[at] ?? '';
  return header[0] === '' ? name : `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

function cellsOf(row: string): string[] {
  return row
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

/** `**SEV2**: first response 30 minutes, updates every 2 hours` */
export function wordRow(name: string, cells: readonly Cell[]): string {
  const told = cells.map(({ column, value }) => `${column} ${value}`.trim());
  const strong = /[*_`]/.test(name) || name === '' ? name : `**${name}**`;
  return told.length > 0 ? `${strong}: ${told.join(', ')}` : strong;
}
