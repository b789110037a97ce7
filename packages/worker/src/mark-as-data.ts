import { plainName } from './plain-name.ts';

/** Text that somebody else wrote, marked as such: the system prompt says that nothing inside is an instruction. */
export function markAsData(text: string, from: string): string {
  // Nothing inside can end the mark, and no name can begin another line.
  return `<data from="${plainName(from)}">\n${text.toWellFormed().replace(/<(?=\/?data\b)/gi, '‹')}\n</data>`;
}
