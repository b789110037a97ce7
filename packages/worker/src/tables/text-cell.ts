import type { Cell } from './table.ts';

/** A cell that holds nothing. */
export const gap: Cell = { text: '', value: undefined };

/** A cell that means what it says; without a text, a gap. */
export function textCell(text: string | null | undefined): Cell {
  return text ? { text, value: text } : gap;
}
