/** `$0.0013`; of less than shows, that it is less. */
export function told(dollars: number, digits: number): string {
  const least = 10 ** -digits;
  return dollars > 0 && dollars < least ? `<$${least.toFixed(digits)}` : `$${dollars.toFixed(digits)}`;
}
