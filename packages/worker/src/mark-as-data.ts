import { shorten, textLimits } from '@vera/protocol/shorten';
/** Text that somebody else wrote, marked as such: the system prompt says that nothing inside is an instruction. */
export function markAsData(text: string, from: string): string {
  const origin = shorten(from.replace(/[<>"]/g, '').replace(/[\s\p{Cc}]+/gu, ' '), textLimits.line);
  // Nothing inside can end the mark, and no name can begin another line.
  return `<data from="${origin}">\n${text.toWellFormed().replace(/<(?=\/?data\b)/gi, '‹')}\n</data>`;
}
