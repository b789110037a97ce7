import { deepest, isList, isObject, type Json } from './json.ts';

/** Private-use characters: no policy has a reason to hold them. */
const open = '\u{e000}';
const close = '\u{e001}';

/**
 * A template of Terraform's that is a JSON text with `${…}` inside its strings, parsed; each `${…}` stands in the result as it was
 * written. Undefined where it is no such text.
 */
export function parsedTemplate(text: string): Json | undefined {
  if (text.includes(open) || text.includes(close)) return undefined;
  const expressions: string[] = [];
  const marked = withExpressions(text, (expression) => `${open}${expressions.push(expression) - 1}${close}`);
  try {
    const parsed = JSON.parse(marked) as Json;
    return withTexts(parsed, (part) =>
      part.replaceAll(new RegExp(`${open}(\\d+)${close}`, 'g'), (_, at) => `\${${expressions[Number(at)]}}`),
    );
  } catch {
    return undefined;
  }
}

/** Each `${…}` of a template replaced; `$${` is Terraform's way to write a plain `${`. */
export function withExpressions(text: string, replace: (expression: string) => string): string {
  let result = '';
  for (let at = 0; at < text.length; ) {
    const start = text.indexOf('${', at);
    if (start < 0) return result + text.slice(at);
    const end = text[start - 1] === '$' ? -1 : endOf(text, start + 2);
    result += text.slice(at, end < 0 ? start + 2 : start);
    if (end >= 0) result += replace(text.slice(start + 2, end));
    at = end < 0 ? start + 2 : end + 1;
  }
  return result;
}

/** Every text inside, changed. */
export function withTexts(json: Json, change: (text: string) => string, depth = 0): Json {
  if (typeof json === 'string') return change(json);
  if (depth > deepest) return null;
  if (isList(json)) return json.map((item) => withTexts(item, change, depth + 1));
  if (isObject(json)) return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, withTexts(item, change, depth + 1)]));
  return json;
}

/** Where the expression ends, or -1: braces nest, and those inside quotes do not count. */
function endOf(text: string, from: number): number {
  let open = 1;
  let isQuoted = false;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === '{') open++;
    else if (!isQuoted && character === '}' && --open === 0) return at;
  }
  return -1;
}
