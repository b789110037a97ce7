export interface Arithmetic {
  readonly expression: string;
  /** The question's own words it was read from. */
  readonly words: string;
}

const spokenOperators: readonly (readonly [RegExp, string])[] = [
  [/(?<=\d),(?=\d{3}\b)/g, ''],
  [/\bmultiplied by\b|\btimes\b|(?<=\d\s?)[x×](?=\s?\d)/gi, '*'],
  [/\bdivided by\b|÷/gi, '/'],
  [/\bplus\b/gi, '+'],
  [/\bminus\b|−/gi, '-'],
  [/\bto the power of\b|\*\*/gi, '^'],
  [/\bsquared\b/gi, '^ 2'],
  [/\bper ?cent\b/gi, '%'],
  [/(\d+(?:\.\d+)?)\s*%\s*of\s+(\d+(?:\.\d+)?)/gi, '$2 * $1 / 100'],
];

const number = String.raw`\d+(?:\.\d+)?%?`;
const formula = new RegExp(String.raw`[-(\s]*${number}[)\s]*(?:[-+*/^][-(\s]*${number}[)\s]*)+`);
const question =
  /^(?:(?:so|and|please|can you|could you)\s+)*(?:what(?:['’]s| is| are)|how much (?:is|are)|calculate|compute|work out|evaluate|solve)?\s*/i;

/** The calculation somebody asks for. `24/7`, dates and ranges are none, unless the question is nothing else. */
export function arithmeticIn(text: string): Arithmetic | undefined {
  const plain = spokenOperators.reduce((rest, [pattern, put]) => rest.replace(pattern, put), text);
  const found = formula.exec(plain)?.[0].trim();
  if (!found || !isBalanced(found)) return undefined;
  const rest = plain.replace(question, '').replace(/[\s?=.!]+$/, '');
  const isCompact = /^[\d.]+(?:[-/][\d.]+)+$/.test(found);
  if (isCompact && rest !== found) return undefined;
  const percent = found.replace(/(\d+(?:\.\d+)?)%/g, '($1 / 100)');
  return { expression: percent.replace(/\s+/g, ' '), words: isCompact || rest === found ? text : numbersAndOperators(text) };
}

function isBalanced(expression: string): boolean {
  let depth = 0;
  for (const character of expression) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function numbersAndOperators(text: string): string {
  return (text.match(/\d+|\b(?:plus|minus|times|multiplied|divided|squared|power|per ?cent)\b/gi) ?? []).join(' ');
}
