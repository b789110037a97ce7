import { getDocumentProxy } from 'unpdf';
import { mostRead, RefusedFileError } from '../file-reading.ts';
import { brackets, type Look, looksTold } from './looks.ts';
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
  const seen = new Map<Look, number>();
  let [left, at] = [mostRead.textCharacters, 1];
  for (; at <= read && left > 0; at += 1) {
    const text = await pageText(pdf, at, seen);
    if (text === '') withoutText.push(at);
    else told.text(`[page ${at}]\n${text.slice(0, left)}\n\n`);
    left -= text.length;
  }
  for (const note of looksTold(seen)) told.note(note);
  told.pages({ of: pdf.numPages, read: at - 1, withoutText });
}

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

async function pageText(pdf: Pdf, number: number, seen: Map<Look, number>): Promise<string> {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent();
  page.cleanup();
  let text = '';
  let line: Letters | undefined;
  for (const item of items) {
    if (!('str' in item)) continue;
    const letters = { size: Math.hypot(item.transform[2], item.transform[3]), base: item.transform[5] };
    const look = item.str.trim() === '' ? undefined : lookOf(letters, line);
    if (look) seen.set(look, (seen.get(look) ?? 0) + 1);
    text += look ? `${brackets[look][0]}${item.str}${brackets[look][1]}` : item.str;
    if (item.hasEOL) [text, line] = [`${text}\n`, undefined];
    else if (!look && item.str.trim() !== '') line = letters;
  }
  return text.trim();
}

interface Letters {
  readonly size: number;
  /** How high on the page they stand. */
  readonly base: number;
}

/** In points. */
const smallest = 2;

/** Marks of notes, powers and indices are smaller than what stands before them in the line, and above or below its foot; an initial is far larger. */
function lookOf({ size, base }: Letters, before: Letters | undefined): Look | undefined {
  if (size > 0 && size <= smallest) return 'hidden';
  if (!before || size > before.size * 0.85 || size < before.size * 0.4) return undefined;
  const rise = (base - before.base) / before.size;
  if (Math.abs(rise) < 0.08 || Math.abs(rise) > 1) return undefined;
  return rise > 0 ? 'raised' : 'lowered';
}

/** The library's own names for what it finds wrong. */
function refused(cause: unknown): never {
  const name = cause instanceof Error ? cause.name : '';
  throw new RefusedFileError(name === 'PasswordException' ? 'protected' : 'damaged', { cause });
}
