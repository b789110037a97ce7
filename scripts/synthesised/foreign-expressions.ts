/** What our stacks compute with: none reads a file, and each gives the same for the same. */
const functions = ['coalesce', 'element', 'join', 'jsondecode', 'jsonencode', 'nonsensitive', 'sha256'];
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
  return /^[\w\-.,=" ()[\]{}]*$/.test(code) && calls.every((name) => functions.includes(name));
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...stringsIn(item)]);
}
