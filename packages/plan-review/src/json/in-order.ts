/** The order people expect: numbers in a text count as numbers, so that `queue[2]` comes before `queue[10]`. */
export function inOrder(one: string, other: string): number {
  if (one === other) return 0;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  // Where the texts part inside a number, the whole of it counts.
  while (isDigit(one[start - 1])) start -= 1;
  if (isDigit(one[start]) && isDigit(other[start])) {
    const [left, right] = [numberAt(one, start), numberAt(other, start)];
    if (left !== right) return left.length - right.length || compareTexts(left, right);
  }
  return compareTexts(one, other);
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

/** Its digits without zeros before them. */
function numberAt(text: string, start: number): string {
  return /^\d+/.exec(text.slice(start))?.[0].replace(/^0+(?=\d)/, '') ?? '';
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
