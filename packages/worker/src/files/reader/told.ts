import type { Cell, Table } from '../../tables/table.ts';
import { type FileReading, mostRead, RefusedFileError } from '../file-reading.ts';

/** What a reader tells of its file; a budget that is used up is a rejection. */
export interface Told {
  text(text: string): void;
  note(text: string): void;
  pages(pages: NonNullable<FileReading['pages']>): void;
  table(table: Table): void;
  picture(bytes: Uint8Array): void;
}

/** Writes lines of JSON, each short: who reads them answers others between two lines. */
export function toldInLines(write: (line: string) => void): Told {
  let output = 0;
  const tell = (line: object) => {
    const text = JSON.stringify(line);
    output += text.length;
    if (output > mostRead.output) throw new RefusedFileError('output');
    write(text);
  };
  return {
    text(text) {
      for (let at = 0; at < text.length; at += longestPart) tell({ text: text.slice(at, at + longestPart) });
    },
    note: (note) => tell({ note }),
    pages: (pages) => tell({ pages }),
    table({ name, columns, rows, notes }) {
      tell({ table: { name, columns, notes } });
      let part: ToldCell[][] = [];
      let size = 0;
      for (const row of rows) {
        part.push(row.map(toldCell));
        size += row.reduce((sum, { text }) => sum + text.length + 4, 0);
        if (size < longestPart) continue;
        tell({ rows: part });
        [part, size] = [[], 0];
      }
      if (part.length > 0) tell({ rows: part });
    },
    picture(bytes) {
      for (let at = 0; at < bytes.length; at += longestPart)
        tell({ picture: Buffer.from(bytes.subarray(at, at + longestPart)).toString('base64') });
    },
  };
}

/** A multiple of three, so that parts of base64 can be read by themselves. */
const longestPart = 48_000;

/** Most cells are texts, and mean what they say. */
export type ToldCell = string | readonly [text: string] | readonly [text: string, value: string | number | boolean];

function toldCell({ text, value }: Cell): ToldCell {
  if (value === text) return text;
  return value === undefined ? [text] : [text, value];
}
