import { typedRichText } from './rich-text.ts';

/**
 * What of a message its sender typed, by its rich text: that knows what is quoted or pasted, of which its text may say nothing
 * (https://github.com/vm0-ai/vm0/pull/3689). Undefined where the text alone tells the same.
 */
export function typedWords(text: string, blocks: unknown): string | undefined {
  const rich = typedRichText(blocks);
  if (rich === undefined) return undefined;
  const { own, quotes } = partsOf(text);
  const quoted = new Set(quotes.map(keyOf));
  const typed = typedIn(rich)
    .split('\n')
    .filter((line) => !quoted.has(keyOf(line)) || keyOf(line) === '')
    .join('\n');
  return keyOf(typed) === keyOf(own.join('\n')) ? undefined : typed;
}

/**
 * The same of a text in Slack's form alone: without lines that are quoted (`>`, and all after `>>>`) and without pasted code. A fence in a
 * quoted line opens code or does not, by who reads it, and one that is never closed does, too: typed is what both readings leave.
 */
export function typedIn(text: string): string {
  return partsOf(text).own.join('\n');
}

const fence = '```';
/** Behind a mention or a bullet it is no quote for Slack, but for whoever wrote it. */
const quoteMark = /^(?:[\s\p{C}•◦▪*-]|\d{1,3}[.)]|<@[^<>]*>)*(?:&gt;|>)/u;
const quoteOfAll = /^(?:[\s\p{C}]|<@[^<>]*>)*(?:&gt;|>){3}/u;

function partsOf(text: string): { readonly own: readonly string[]; readonly quotes: readonly string[] } {
  const pieces = text.split('\n').flatMap(piecesOf);
  const fences = pieces.filter(({ isAfterFence }) => isAfterFence);
  const [every, unquoted] = [new Fences(fences.length), new Fences(fences.filter(({ isQuoted }) => !isQuoted).length)];
  const [own, quotes]: [string[], string[]] = [[], []];
  let isAllQuoted = false;
  for (const { words, isAfterFence, isQuoted, begins } of pieces) {
    if (isAfterFence) every.pass();
    if (isAfterFence && !isQuoted) unquoted.pass();
    isAllQuoted ||= begins && !(every.isOpen && unquoted.isOpen);
    if (isAllQuoted || isQuoted || quoteMark.test(words)) quotes.push(words);
    else if (!every.isOpen && !unquoted.isOpen) own.push(words);
  }
  return { own, quotes };
}

/** What stands in a line before, between and after fences. `begins`: there a quote of all that follows may begin. */
function piecesOf(line: string) {
  const isQuoted = quoteMark.test(line);
  return line.split(fence).map((words, index) => ({ words, isAfterFence: index > 0, isQuoted, begins: quoteOfAll.test(words) }));
}

/** Whether code is open after so many fences; of an odd number nobody knows which one is alone, so that none closes it. */
class Fences {
  isOpen = false;
  private readonly isOdd: boolean;

  constructor(count: number) {
    this.isOdd = count % 2 === 1;
  }

  pass(): void {
    this.isOpen = this.isOdd || !this.isOpen;
  }
}

/** What two spellings of the same words have in common, marks of lists and of styles apart. */
function keyOf(words: string): string {
  return words
    .replace(/<[^<>]*>|&(?:amp|lt|gt);/g, ' ')
    .replace(/^\s*(?:\d{1,3}|[a-z])[.)]\s/gm, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
