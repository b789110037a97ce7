/** The order people expect: numbers in a text count as numbers, so that `queue[2]` comes before `queue[10]`. */
export function inOrder(one: string, other: string): number {
  if (one === other) return 0;
  const [left, right] = [partsOf(one), partsOf(other)];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const order = compared(left[at] ?? '', right[at] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length || compareTexts(one, other);
}

function partsOf(text: string): string[] {
  return text.match(/\d+|\D+/g) ?? [];
}

function compared(one: string, other: string): number {
  const numbers = [one, other].map((part) => (/^\d/.test(part) ? part.replace(/^0+(?=\d)/, '') : undefined));
  const [left, right] = numbers;
  if (left === undefined || right === undefined) return compareTexts(one, other);
  return left.length - right.length || compareTexts(left, right);
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
