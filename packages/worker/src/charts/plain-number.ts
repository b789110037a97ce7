export interface PlainNumber {
  readonly value: number;
  readonly isPercent: boolean;
}

/** Thousands in groups of three by commas, or none; a point before decimals. As English writes it, and so whoever types values in. */
const shape = /^([+-]?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(e[+-]?\d{1,3})?\s*(%?)$/i;

/** A number as people write it: 1234, 1,234.5, 94 %. Undefined for all else, such as 1.234,5 or "n/a". */
export function plainNumber(text: string): PlainNumber | undefined {
  const [, sign = '', digits, exponent = '', percent] = shape.exec(text.trim().replace(/^[−–]/, '-')) ?? [];
  if (digits === undefined) return undefined;
  const value = Number(`${sign}${digits.replaceAll(',', '')}${exponent}`);
  return Number.isFinite(value) ? { value, isPercent: percent === '%' } : undefined;
}
