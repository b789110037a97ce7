import { type ReadKind, RefusedFileError } from '../file-reading.ts';
import { toldInLines } from './told.ts';

export interface NamedFile {
  readonly kind: ReadKind;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Reads a file and writes what it holds in lines; the last says that it is whole, or why it is not. Each reader is loaded for its files only. */
export async function readAs({ kind, name, bytes }: NamedFile, write: (line: string) => void): Promise<void> {
  const told = toldInLines(write);
  try {
    switch (kind) {
      case 'pdf':
        await (await import('./read-pdf.ts')).readPdf(bytes, told);
        break;
      case 'docx':
        (await import('./read-docx.ts')).readDocx(bytes, told);
        break;
      case 'xlsx':
        (await import('./read-workbook.ts')).readWorkbook(bytes, name, told);
        break;
      case 'csv':
        (await import('./read-csv.ts')).readCsv(bytes, name, told);
        break;
      case 'html':
        (await import('./read-html.ts')).readHtml(bytes, name, told);
        break;
      case 'picture':
        await (await import('./fit-picture.ts')).fitPicture(bytes, told);
        break;
    }
    write('{"end":true}');
  } catch (error) {
    write(JSON.stringify({ refused: error instanceof RefusedFileError ? error.code : 'failed' }));
  }
}
