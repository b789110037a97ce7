/** Text of another system, marked as such: the system prompt says that nothing inside is an instruction. */
export function markAsData(text: string, from: string): string {
  // Nothing inside can end the mark.
  return `<data from="${from.replace(/[<>"]/g, '')}">\n${text.replace(/<(?=\/?data\b)/gi, '‹')}\n</data>`;
}
