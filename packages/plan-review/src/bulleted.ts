import { counted } from './markdown.ts';

/** A Markdown list of at most so many lines, and how many more there are. */
export function bulleted(lines: readonly string[], most: number, indent = ''): string[] {
  const shown = lines.length <= most ? lines : lines.slice(0, most);
  const left = lines.length - shown.length;
  return [
    ...shown.map((line) => `${indent}- ${line}`),
    ...(left === 0 ? [] : [`${indent}- and ${counted(left, 'line')} more, which the log of the plan shows`]),
  ];
}

/** Lines behind a line that opens them. */
export function folded(summary: string, lines: readonly string[]): string[] {
  return ['<details>', `<summary>${summary}</summary>`, '', ...lines, '', '</details>', ''];
}
