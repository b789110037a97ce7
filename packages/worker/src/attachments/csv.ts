import type { Table } from '../tables/table.ts';

/** A table as CSV: nothing in it is a formula for whoever opens it in a spreadsheet. */
export function tableToCsv({ columns, rows }: Pick<Table, 'columns' | 'rows'>): string {
  return toCsv([columns.map(({ name }) => harmless(name)), ...rows.map((row) => row.map(({ text }) => harmless(text)))]);
}

/** CSV that somebody wrote, its cells made as harmless. */
export function harmlessCsv(text: string): string {
  return toCsv(parseCsv(text).map((row) => row.map(harmless)));
}

/**
 * What is a number stays one, also where it is negative. Where semicolons, tabs or lines part cells, a quotation mark behind a comma opens
 * nothing: each part of a text then stands in a cell of its own.
 */
function harmless(text: string): string {
  const parts = text.split(/([;|\t\r\n])/).map((part, index) => (index > 0 && index % 2 === 0 ? plain(part) : part));
  return plain(text) === text ? parts.join('') : `'${parts.join('')}`;
}

function plain(text: string): string {
  return isFormula(text) && !isNumber(text) ? `'${text}` : text;
}

/** Spreadsheets pass over blanks before these, and know wide forms of them: https://owasp.org/www-community/attacks/CSV_Injection */
function isFormula(text: string): boolean {
  return /^["\s\p{Cf}]*[=+\-@＝＋－＠|%]/u.test(text) || /^[\t\r\n]/.test(text);
}

/** Of money, too: letters stand apart from it, as -ABC5 is a cell. */
function isNumber(text: string): boolean {
  return /^\s*[-+]?\s?(?:\p{Sc}\s?|[A-Z]{3}\s)?\d[\d,.'’ \u00a0\u202f]*(?:[eE][-+]?\d+)?\s*(?:%|\p{Sc}|\s[A-Z]{3})?\s*$/u.test(text);
}

/** Quoted wherever a spreadsheet of any country could see another cell begin. */
function toCsv(rows: readonly (readonly string[])[]): string {
  const quoted = (text: string) => (/[",;|\t\r\n']|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`;
}

/** Cells parted by commas, in quotation marks where they hold any; a mark that is not closed ends with the text. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)(?:"|$)([^,\r\n]*)|([^,\r\n]*))(,|\r\n|\n|\r|$)/y;
  for (let at = 0; at < text.length; at = cell.lastIndex) {
    cell.lastIndex = at;
    const [, inner, behind = '', plain = '', end = ''] = cell.exec(text) ?? [];
    rows.at(-1)?.push(inner === undefined ? plain : inner.replaceAll('""', '"') + behind);
    if (end === ',' && cell.lastIndex === text.length) rows.at(-1)?.push('');
    if (end !== ',' && end !== '' && cell.lastIndex < text.length) rows.push([]);
  }
  return rows;
}
