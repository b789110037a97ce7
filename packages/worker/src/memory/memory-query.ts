import { shorten, textLimits } from '@vera/protocol/shorten';

/** Of each of three earlier messages so much goes into a query: enough for what the thread is about, too little to drown what is asked. */
const mostEarlier = 300;

/**
 * With what memory is searched: what the asker says now, and behind it what a thread of theirs is about, from their own earlier words, oldest
 * first. Empty where there are none; never longer than the service takes.
 */
export function memoryQuery(asked: string, earlier: readonly string[]): string {
  const topic = [earlier[0] ?? '', ...earlier.slice(1).slice(-2)]
    .filter((words) => words !== '')
    .map((words) => shorten(words, mostEarlier));
  const behind = topic.map((words) => `\n${words}`).join('');
  return (withoutPasted(asked, textLimits.memoryQuery - behind.length) + behind).trim();
}

/**
 * Where a text is too long, pieces that are like no other go first: those of a log or a table have one shape, a sentence of one's own has none.
 * Among their like those nearest to either end, where people ask.
 */
function withoutPasted(text: string, room: number): string {
  if (text.length <= room) return text;
  const lines = piecesOf(text).map((line, index) => ({ line, index, shape: shapeOf(line) }));
  const alike = Map.groupBy(lines, ({ shape }) => shape);
  const rank = ({ line, shape }: (typeof lines)[number]) => (alike.get(shape)?.length ?? 0) * 10 + (isProse(line) ? 0 : 5);
  const fromEnd = (index: number) => Math.min(index, lines.length - 1 - index);
  const kept: { readonly line: string; readonly index: number }[] = [];
  let left = room;
  for (const { line, index } of lines.toSorted((a, b) => rank(a) - rank(b) || fromEnd(a.index) - fromEnd(b.index))) {
    const words = kept.length === 0 ? shorten(line, left) : line;
    if (words.length + 1 > left && kept.length > 0) continue;
    kept.push({ line: words, index });
    left -= words.length + 1;
  }
  const inOrder = kept.sort((a, b) => a.index - b.index);
  return inOrder.map(({ line }) => line).join('\n');
}

/** Longer lines are no longer one thing: a log may be pasted without its line breaks, and a question stand behind it. */
const longestPiece = 300;

function piecesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap((line) => (line.length <= longestPiece ? [line] : line.split(/(?<=[.!?…:;,)\]}>。！？])\s+/u)))
    .flatMap((part) => (part.length <= longestPiece ? [part] : (part.match(/.{1,100}(?:\s+|$)|\S{1,25}/gsu) ?? [])));
}

/** The first words of a line, without what differs from line to line. */
function shapeOf(line: string): string {
  return line
    .replace(/\b(?=[a-z]*\d)[\da-z]+\b/gi, '0')
    .trim()
    .slice(0, 20);
}

function isProse(line: string): boolean {
  const plain = line.match(/[\p{L}\p{M}\s,.'’!?-]/gu)?.length ?? 0;
  return plain / (line.length || 1) > 0.85;
}
