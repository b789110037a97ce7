import { plainName } from '../plain-name.ts';
import { decodedText } from './decoded-text.ts';
import { bedrockTakes, type Looked } from './file-kind.ts';
import { type FileReading, type ReadKind, RefusedFileError, refusals } from './file-reading.ts';
import type { ReadInChild } from './read-in-child.ts';
import { type ShownFile, unreadFile } from './shown-file.ts';

interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Claude's limit, for all documents of a request together. */
export const mostPages = 100;
/** Texts that go to the model as they are when nothing else can be made of them. */
const mostPlain = 256 * 1024;

/** A file whose kind is known, as it is shown. What takes reading is read in a program of its own. */
export async function readBytes(read: ReadInChild, looked: Looked, { name, bytes }: NamedBytes, signal?: AbortSignal): Promise<ShownFile> {
  const plain = { name, notes: [], text: '', tables: [] };
  switch (looked.kind) {
    case 'image':
      return { ...plain, block: { kind: 'image', format: looked.format, name, bytes } };
    case 'text':
      return { ...plain, text: looked.text };
    case 'document':
      if (bytes.byteLength > bedrockTakes.document) return unreadFile(name, 'it is too large to be read');
      return { ...plain, notes: [oldFormat], block: { kind: 'document', format: looked.format, name, bytes, pages: 0 } };
    case 'read':
      try {
        return shown(await read({ kind: looked.as, name: plainName(name), bytes }, signal), looked, { name, bytes });
      } catch (error) {
        return withoutReading(looked.as, error instanceof RefusedFileError ? refusals[error.code] : refusals.failed, { name, bytes });
      }
  }
}

const oldFormat = 'this is a format of before 2007, of which no text or table can be read here, so nothing can be computed with it';

/** What is text to begin with can be read as it stands. */
function withoutReading(as: ReadKind, reason: string, { name, bytes }: NamedBytes): ShownFile {
  const text = (as === 'csv' || as === 'html') && bytes.byteLength <= mostPlain ? decodedText(bytes) : undefined;
  return text === undefined ? unreadFile(name, reason) : { name, notes: ['it is shown as it is written'], text, tables: [] };
}

function shown(reading: FileReading, { as, block }: Extract<Looked, { kind: 'read' }>, { name, bytes }: NamedBytes): ShownFile {
  const { text, tables, notes, pages, picture } = reading;
  const read = { name, text, tables, notes: [...(pages ? pageNotes(pages) : []), ...notes] };
  if (as === 'picture') {
    if (!picture || picture.byteLength > bedrockTakes.image) return unreadFile(name, refusals.failed);
    return { ...read, block: { kind: 'image', format: 'jpeg', name, bytes: picture } };
  }
  if (!pages) return read;
  const fits = block !== undefined && pages.of <= mostPages && bytes.byteLength <= bedrockTakes.document;
  if (fits) return { ...read, block: { kind: 'document', format: block, name, bytes, pages: pages.of, text } };
  if (text === '') return unreadFile(name, `it holds no text, and with ${pages.of} pages it is too large to be shown as it is`);
  return { ...read, notes: [...read.notes, 'it is shown as its text only, as the whole file is more than a model takes'] };
}

/** `1, 3–8`. */
function pageNotes({ of, read, withoutText }: NonNullable<FileReading['pages']>): string[] {
  const ranges: [number, number][] = [];
  for (const page of withoutText) {
    const last = ranges.at(-1);
    if (last && last[1] === page - 1) last[1] = page;
    else ranges.push([page, page]);
  }
  const told = ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
  const one = withoutText.length === 1;
  return [
    ...(withoutText.length > 0
      ? [
          `${one ? 'page' : 'pages'} ${told} of ${of} ${one ? 'holds' : 'hold'} no text, as scans and pictures do; what ${one ? 'it shows' : 'they show'} was not read`,
        ]
      : []),
    ...(read < of ? [`only the first ${read} of its ${of} pages were read`] : []),
  ];
}
