export interface Section {
  readonly heading: string;
  readonly text: string;
}

const headingLine = /^(#{1,6})\s+(.+?)\s*#*$/;
const fenceLine = /^\s*(?:```|~~~)/;

/** Divides Markdown at its headings; a `#` inside a code fence is none. The document's own title (level 1) is left out of the path. */
export function toSections(markdown: string): Section[] {
  const sections: { heading: string; lines: string[] }[] = [{ heading: '', lines: [] }];
  const path: { level: number; text: string }[] = [];
  let fenced = false;
  for (const line of markdown.split('\n')) {
    if (fenceLine.test(line)) fenced = !fenced;
    const [, marks, text] = fenced ? [] : (headingLine.exec(line) ?? []);
    if (!marks || !text) {
      sections.at(-1)?.lines.push(line);
      continue;
    }
    while ((path.at(-1)?.level ?? 0) >= marks.length) path.pop();
    path.push({ level: marks.length, text });
    const below = path.filter(({ level }) => level > 1);
    sections.push({ heading: below.map((heading) => heading.text).join(' › '), lines: [] });
  }
  return sections.map(({ heading, lines }) => ({ heading, text: lines.join('\n').trim() })).filter(({ text }) => text !== '');
}
