export type BlockKind = 'paragraph' | 'list' | 'table' | 'code';

/** One thing a text says: a sentence, a list item, a table row (worded with its column names), or a whole piece of code. */
export interface Statement {
  readonly text: string;
  readonly kind: BlockKind;
}

export function kindOf(block: string): BlockKind {
  if (/^\s*(?:```|~~~)/.test(block)) return 'code';
  if (/^\s*\|.*\|\s*\n\s*\|[\s:|-]+\|/.test(block)) return 'table';
  return /^\s*(?:[-*+]|\d+[.)])\s/.test(block) ? 'list' : 'paragraph';
}

export function statementsOf(block: string): Statement[] {
  const kind = kindOf(block);
  return textsOf(block, kind)
    .map((text) => ({ kind, text: text.trim() }))
    .filter(({ text }) => text !== '');
}

function textsOf(block: string, kind: BlockKind): string[] {
  switch (kind) {
    case 'code':
      return [block];
    case 'table':
      return rowsOf(block);
    case 'list':
      return block
        .split(/\n(?=\s*(?:[-*+]|\d+[.)])\s)/)
        .map((item) => item.replace(/^\s*(?:[-*+]|\d+[.)])\s+/, '').replace(/\s*\n\s*/g, ' '));
    case 'paragraph':
      return block
        .replace(/^#+ .*$/gm, '')
        .replace(/\s*\n\s*/g, ' ')
        .split(/(?<=[.!?]["')\]]?)\s+(?=[\p{Lu}\d"'`*[(])/u);
  }
}

function rowsOf(table: string): string[] {
  const [header = [], , ...rows] = table.trim().split('\n').map(cellsOf);
  return rows.map(([first = '', ...cells]) => {
    const named = cells
      .map((cell, index) => (cell === '' ? '' : `${(header[index + 1] ?? '').toLowerCase()} ${cell}`.trim()))
      .filter(Boolean);
    return named.length > 0 ? `${strong(first)}: ${named.join(', ')}.` : first;
  });
}

function cellsOf(row: string): string[] {
  return row
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

function strong(text: string): string {
  return /[*_`]/.test(text) || text === '' ? text : `**${text}**`;
}
