import { toBlocks } from '../markdown/to-blocks.ts';

const longest = 1_500;
const longestWhole = 3_000;

/** Divides a section into passages of at most 1,500 characters; lists, tables, code, and steps with code between them stay whole up to twice that. */
export function toPassages(section: string): string[] {
  const blocks = toBlocks(section);
  const steps = blocks.filter((block) => /^\d+[.)] /.test(block));
  if (steps.length > 1 && section.length <= longestWhole) return [section];
  return packed(blocks.flatMap(divided), '\n\n');
}

/** Paragraphs break between sentences, anything else between lines; a line without an end is cut. */
function divided(block: string): string[] {
  const isParagraph = !/\n|^\s*(?:[-*+|]|\d+\.|```)/.test(block);
  if (block.length <= (isParagraph ? longest : longestWhole)) return [block];
  const pieces = isParagraph ? block.split(/(?<=[.!?])\s+/) : block.split('\n');
  return packed(
    pieces.flatMap((piece) => piece.match(/[\s\S]{1,1500}/g) ?? []),
    isParagraph ? ' ' : '\n',
  );
}

function packed(pieces: readonly string[], separator: string): string[] {
  const passages: string[] = [];
  for (const piece of pieces) {
    const last = passages.at(-1);
    if (last === undefined || last.length + separator.length + piece.length > longest) passages.push(piece);
    else passages[passages.length - 1] = last + separator + piece;
  }
  return passages;
}
