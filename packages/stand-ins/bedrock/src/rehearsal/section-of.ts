/**
 * The section an earlier answer of ours came from: its first title, in bold on a line of its own or in brackets behind a citation. Slack
 * gives back `*bold*` for `**bold**`.
 */
export function sectionOf(answer: string): string | undefined {
  const { own, behind } = /^\*{1,2}(?<own>[^*\n]+)\*{1,2}(?: \[\d+\])?$|\[\d+\] _\((?<behind>.+)\)_$/m.exec(answer)?.groups ?? {};
  return own ?? behind;
}
