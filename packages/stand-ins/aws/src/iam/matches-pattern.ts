/** `*` stands for any text, colons and slashes included, and for none; `?` for one character. */
export function matchesPattern(pattern: string, text: string): boolean {
  if (pattern.includes('${')) throw new Error(`'${pattern}' holds a variable, which only AWS or Terraform can fill in`);
  const literal = pattern.replaceAll(/[.+^$(){}|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
}
