import type { Value } from './masked-value.ts';

/** Providers do not mark everything that is one: a token in a function's environment is an ordinary text to them. */
export function looksSecret(path: string, value: Value): boolean {
  if (typeof value !== 'string') return false;
  const name = path.split('.').at(-1) ?? '';
  return shapes.test(value) || (names.test(name) && !about.test(name) && !harmless.test(value));
}

const names = /(?:secret|passw|token|credential|api_?key|private_?key|signing)/i;
/** `secret_name` says where a secret is, not what it is. */
const about = /(?:arn|name|id|ids|type|location|prefix|days|version|url|uri|source|provider|policy|identifier)$/i;
const harmless = /^(?:arn:[\w-]+:.*|\d+|[A-Z_]+)$/;
const shapes =
  /\b(?:xox[a-z]-|xapp-|gh[pousr]_|github_pat_|AKIA|ASIA|ATATT|glpat-|sk-)[\w-]{10,}|-----BEGIN [A-Z ]*PRIVATE KEY-----|:\/\/[^/\s:@]+:[^/\s@]+@/;
