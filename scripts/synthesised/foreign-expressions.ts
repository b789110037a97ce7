/** What our stacks compute with: none reads a file, and each gives the same for the same. */
const functions = ['coalesce', 'element', 'join', 'jsondecode', 'jsonencode', 'nonsensitive', 'replace', 'sha256', 'trimspace'];
const quoted = /"(?:[^"\\$%]|\\.)*"/.source;
const plain = /[^"{}$%]/.source;
/** An expression with no other one in it. */
const innermost = new RegExp(`\\$\\{((?:${quoted}|\\{(?:${quoted}|${plain})*\\}|${plain})*)\\}`, 'g');

/** What in a value makes Terraform compute something that our stacks never compute. Keys are looked at too: Terraform reads them as templates. */
export function foreignExpressionsOf(value: unknown): string[] {
  return stringsIn(value)
    .filter((one) => !isOurs(one))
    .map((one) => `an expression that synth writes nowhere: ${one.slice(0, 80)}`);
}

function isOurs(template: string): boolean {
  const rest = template.replaceAll(innermost, (expression, code: string) => (isPure(code) ? 'known' : expression));
  return rest === template ? !/[$%]\{/.test(template) : isOurs(rest);
}

/** By the characters as well: a comment between a function's name and its bracket would hide the call. */
function isPure(expression: string): boolean {
  const code = expression.replaceAll(new RegExp(quoted, 'g'), '""');
  const calls = [...code.matchAll(/([\w-]+) *\(/g)].map(([, name = '']) => name);
  return (
    /^[\w\-.,=" ()[\]{}]*$/.test(code) && calls.every((name) => functions.includes(name)) && opened(code).every((inner) => isDigest(inner))
  );
}

/** What Terraform is told to show though it is a secret. */
function opened(code: string): string[] {
  return [...code.matchAll(/(?<![\w-])nonsensitive */g)].map(({ 0: name, index }) => inBrackets(code.slice(index + name.length)) ?? '');
}

/** A hash, or several of them beside each other: from those nobody comes back to what is secret. */
function isDigest(code: string): boolean {
  const [, name, rest = ''] = /^ *(sha256|join) *(\(.*\)) *$/.exec(code) ?? [];
  const inner = inBrackets(rest);
  if (name === undefined || inner === undefined || rest.length !== inner.length + 2) return false;
  const [, list = ''] = /^ *"" *, *\[(.*)\] *$/.exec(inner) ?? [];
  return name === 'sha256' || (list !== '' && partsOf(list).every((part) => /^ *sha256 *\(/.test(part) && isDigest(part)));
}

/** What stands between the bracket that a code begins with and the one that closes it. */
function inBrackets(code: string): string | undefined {
  let depth = 0;
  for (const [at, letter] of [...code].entries()) {
    if ('([{'.includes(letter)) depth += 1;
    if (')]}'.includes(letter)) depth -= 1;
    if (depth === 0) return at === 0 ? undefined : code.slice(1, at);
  }
  return undefined;
}

function partsOf(list: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of list) {
    if ('([{'.includes(letter)) depth += 1;
    if (')]}'.includes(letter)) depth -= 1;
    if (letter === ',' && depth === 0) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${letter}`);
  }
  return parts;
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...stringsIn(item)]);
}
