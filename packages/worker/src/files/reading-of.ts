import * as z from 'zod/mini';
import type { Cell, Table } from '../tables/table.ts';
import { type FileReading, mostRead, type Refusal, RefusedFileError, refusals } from './file-reading.ts';

/** What was told in lines, one after the other: others are answered between two of them. */
export async function readingOf(lines: AsyncIterable<string> | Iterable<string>): Promise<FileReading> {
  const reading = new GrowingReading();
  for await (const line of lines) reading.add(lineSchema.parse(JSON.parse(line)));
  return reading.whole();
}

const cell = z.union([z.string(), z.tuple([z.string()]), z.tuple([z.string(), z.union([z.string(), z.number(), z.boolean()])])]);
const kind = z.enum(['number', 'percent', 'date', 'duration', 'boolean', 'text']);
const page = z.int().check(z.minimum(0));
/** What the program says is checked like what any stranger says: a file may have taken it over. */
const lineSchema = z.union([
  z.strictObject({ rows: z.array(z.array(cell)) }),
  z.strictObject({ text: z.string() }),
  z.strictObject({ note: z.string().check(z.maxLength(500)) }),
  z.strictObject({
    table: z.strictObject({
      name: z.string(),
      columns: z.array(z.strictObject({ name: z.string(), kind })).check(z.maxLength(mostRead.columns)),
      notes: z.array(z.string()),
    }),
  }),
  z.strictObject({ pages: z.strictObject({ of: page, read: page, withoutText: z.array(page) }) }),
  z.strictObject({ picture: z.base64() }),
  z.strictObject({ refused: z.enum(Object.keys(refusals) as [Refusal, ...Refusal[]]) }),
  z.strictObject({ end: z.literal(true) }),
]);

class GrowingReading {
  private text = '';
  private pages: FileReading['pages'];
  private isWhole = false;
  private readonly notes: string[] = [];
  private readonly tables: (Table & { readonly rows: (readonly Cell[])[] })[] = [];
  private readonly picture: Buffer[] = [];

  add(said: z.infer<typeof lineSchema>): void {
    if ('refused' in said) throw new RefusedFileError(said.refused);
    if ('text' in said) this.text += said.text;
    else if ('note' in said) this.notes.push(said.note);
    else if ('pages' in said) this.pages = said.pages;
    else if ('picture' in said) this.picture.push(Buffer.from(said.picture, 'base64'));
    else if ('table' in said) this.tables.push({ ...said.table, rows: [] });
    else if ('rows' in said) this.addRows(said.rows);
    else this.isWhole = true;
  }

  /** What breaks off in the middle is no reading. */
  whole(): FileReading {
    if (!this.isWhole) throw new RefusedFileError('failed');
    const { text, notes, tables, pages, picture } = this;
    return { text, notes, tables, ...(pages ? { pages } : {}), ...(picture.length > 0 ? { picture: Buffer.concat(picture) } : {}) };
  }

  private addRows(rows: readonly (readonly z.infer<typeof cell>[])[]): void {
    const table = this.tables.at(-1);
    for (const row of rows) {
      if (row.length !== table?.columns.length) throw new RefusedFileError('failed');
      table.rows.push(row.map(toCell));
    }
  }
}

function toCell(told: z.infer<typeof cell>): Cell {
  return typeof told === 'string' ? { text: told, value: told } : { text: told[0], value: told[1] };
}
