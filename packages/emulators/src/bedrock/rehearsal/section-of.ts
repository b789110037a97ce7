/** The section an earlier answer of ours came from: its first title, in bold on a line of its own or in brackets behind a citation. */
export function sectionOf(answer: string): string | undefined {
  const { own, behind } = /^\*\*(?<own>[^*\n]+)\*\*(?: \[\d+\])?$|\[\d+\] _\((?<behind>.+)\)_$/m.exec(answer)?.groups ?? {};
  return own ?? behind;
}
