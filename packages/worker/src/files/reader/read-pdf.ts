import { getDocumentProxy } from 'unpdf';
import { mostRead, RefusedFileError } from '../file-reading.ts';
import type { Told } from './told.ts';

const mostPages = 400;

/** The text of a PDF page by page; a scan has none, and that is told. */
export async function readPdf(bytes: Uint8Array, told: Told): Promise<void> {
  // The library takes the bytes for itself: afterwards the array that it is given is empty.
  const pdf = await getDocumentProxy(bytes.slice(), {
    useSystemFonts: false,
    stopAtErrors: false,
    verbosity: 0,
  }).catch(refused);
  const read = Math.min(pdf.numPages, mostPages);
  const withoutText: number[] = [];
  let [left, at] = [mostRead.textCharacters, 1];
  for (; at <= read && left > 0; at += 1) {
    const text = await pageText(pdf, at);
    if (text === '') withoutText.push(at);
    else told.text(`[page ${at}]\n${text.slice(0, left)}\n\n`);
    left -= text.length;
  }
  told.pages({ of: pdf.numPages, read: at - 1, withoutText });
}

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

async function pageText(pdf: Pdf, number: number): Promise<string> {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent();
  page.cleanup();
  return items
    .map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : ''))
    .join('')
    .trim();
}

/** The library's own names for what it finds wrong. */
function refused(cause: unknown): never {
  const name = cause instanceof Error ? cause.name : '';
  throw new RefusedFileError(name === 'PasswordException' ? 'protected' : 'damaged', { cause });
}
