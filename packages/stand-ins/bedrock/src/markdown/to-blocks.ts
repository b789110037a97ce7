const listItem = /^\s*(?:[-*+]|\d+[.)])\s/;
const continuation = /^\s{2,}\S/;

/** Paragraphs, whole lists, whole tables and whole code fences, in order. */
export function toBlocks(markdown: string): string[] {
  const blocks: string[] = [];
  let lines: string[] = [];
  let fenced = false;
  const close = () => {
    const text = lines.join('\n').trimEnd();
    if (text.trim() !== '') blocks.push(text);
    lines = [];
  };
  for (const [index, line] of allLines(markdown).entries()) {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    const next = allLines(markdown)[index + 1] ?? '';
    const listGoesOn = lines.some((earlier) => listItem.test(earlier)) && (listItem.test(next) || continuation.test(next));
    if (line.trim() === '' && !fenced && !listGoesOn) close();
    else lines.push(line);
  }
  close();
  return blocks;
}

function allLines(markdown: string): string[] {
  return markdown.split('\n');
}
