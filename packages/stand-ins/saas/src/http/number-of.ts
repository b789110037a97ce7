/** A whole number of the query string, or what stands in for it; kept within its bounds. */
export function numberOf(text: string | null, { otherwise, least = 0, most = Number.MAX_SAFE_INTEGER }: NumberBounds): number {
  const number = text === null || !/^-?\d+$/.test(text) ? otherwise : Number(text);
  return Math.min(Math.max(number, least), most);
}

interface NumberBounds {
  readonly otherwise: number;
  readonly least?: number;
  readonly most?: number;
}
