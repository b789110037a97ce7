/** A numbered passage in what a search tool returned. */
export interface Source {
  readonly number: number;
  /** The line behind the number, such as `On-call handbook › Escalation`. */
  readonly title: string;
  readonly text: string;
}

const numberedLine = /^\[(\d{1,3})\][ \t]*(.*)$/gm;

/** The passages of a text such as `[1] Title\n…text…\n\n[2] …`; none when it is not numbered. */
export function sourcesIn(text: string): Source[] {
  const lines = [...text.matchAll(numberedLine)];
  return lines.flatMap((line, index) => {
    const body = text.slice(line.index + line[0].length, lines[index + 1]?.index ?? text.length).trim();
    const title = (line[2] ?? '').replace(/\s*[(<]?https?:\/\/\S+/g, '').trim();
    return body === '' ? [] : [{ number: Number(line[1]), title, text: body }];
  });
}

export function cite({ number }: Source): string {
  return `[${number}]`;
}
