import { inflateSync } from 'node:zlib';
import type { DocumentFormat } from '../agent/agent.ts';
import type { Looked } from './look-at-picture.ts';

/** Claude's limit, for all documents of a request together. */
export const mostPages = 100;

const reasons = {
  incomplete: 'it is damaged, or not complete',
  protected: 'it is protected with a password',
  pages: `it has more than ${mostPages} pages`,
} as const;

export type LookedDocument = Looked<DocumentFormat> & { readonly pages?: number };

/** What the bytes of a document show; undefined where they are none that Bedrock reads as a document. */
export function lookAtDocument(bytes: Uint8Array): LookedDocument | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.subarray(0, 1_024).includes('%PDF-')) return lookAtPdf(view);
  const head = view.subarray(0, 8).toString('hex');
  if (head.startsWith('504b0304')) return lookAtZip(view);
  return head === 'd0cf11e0a1b11ae1' ? lookAtCompound(view) : undefined;
}

function lookAtPdf(bytes: Buffer): LookedDocument {
  if (!bytes.subarray(-4_096).includes('%%EOF')) return { kind: 'refused', reason: reasons.incomplete };
  const text = bytes.toString('latin1');
  if (/\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/.test(text)) return { kind: 'refused', reason: reasons.protected };
  const pages = [text, ...objectStreams(bytes)].reduce((sum, part) => sum + (part.match(/\/Type\s*\/Page(?![a-zA-Z])/g)?.length ?? 0), 0);
  return pages > mostPages ? { kind: 'refused', reason: reasons.pages } : { kind: 'fine', format: 'pdf', pages };
}

/** A small file can hold a very large one: no more than this is unpacked to count pages. */
const mostUnpacked = 20_000_000;

/** Most programs write the list of pages compressed. */
function objectStreams(bytes: Buffer): string[] {
  const found: string[] = [];
  let room = mostUnpacked;
  for (let at = bytes.indexOf('/ObjStm'); at !== -1 && room > 0; ) {
    const start = bytes.indexOf('stream', at);
    const end = bytes.indexOf('endstream', start);
    if (start === -1 || end === -1) break;
    const from = start + (bytes[start + 6] === 13 ? 8 : 7);
    const unpacked = inflated(bytes.subarray(from, end), room);
    room -= unpacked.length;
    found.push(unpacked);
    at = bytes.indexOf('/ObjStm', end);
  }
  return found;
}

/** Nothing for what is packed in another way. */
function inflated(bytes: Buffer, most: number): string {
  try {
    return inflateSync(bytes, { maxOutputLength: most }).toString('latin1');
  } catch {
    return '';
  }
}

function lookAtZip(bytes: Buffer): LookedDocument | undefined {
  // The directory stands at the end, before a comment of 65 kB at most.
  const directory = bytes.subarray(-66_000).lastIndexOf('PK\u0005\u0006');
  if (directory === -1) return { kind: 'refused', reason: reasons.incomplete };
  if (bytes.includes('word/document')) return { kind: 'fine', format: 'docx' };
  return bytes.includes('xl/workbook') ? { kind: 'fine', format: 'xlsx' } : undefined;
}

/** The form of Office before 2007, and of what was encrypted since; its names are UTF-16. */
function lookAtCompound(bytes: Buffer): LookedDocument | undefined {
  const holds = (name: string) => bytes.includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage')) return { kind: 'refused', reason: reasons.protected };
  if (holds('WordDocument')) return { kind: 'fine', format: 'doc' };
  return holds('Workbook') || holds('Book') ? { kind: 'fine', format: 'xls' } : undefined;
}
