import { refusals } from './file-reading.ts';
import type { Looked } from './look-at-picture.ts';

export type LookedDocument =
  | Extract<Looked<never>, { kind: 'refused' }>
  | { readonly kind: 'fine'; readonly format: 'docx' | 'xlsx' | 'doc' | 'xls' }
  /** One that is protected may still be read, where only printing or copying takes a password. */
  | { readonly kind: 'fine'; readonly format: 'pdf'; readonly isProtected: boolean };

/** What kind of document bytes begin and end like; undefined where they are none. Nothing is unpacked here. */
export function lookAtDocument(bytes: Uint8Array): LookedDocument | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.subarray(0, 1_024).includes('%PDF-')) return lookAtPdf(view);
  const head = view.subarray(0, 8).toString('hex');
  if (head.startsWith('504b0304')) return lookAtZip(view);
  return head === 'd0cf11e0a1b11ae1' ? lookAtCompound(view) : undefined;
}

function lookAtPdf(bytes: Buffer): LookedDocument {
  if (!bytes.subarray(-4_096).includes('%%EOF')) return { kind: 'refused', reason: refusals.damaged };
  return { kind: 'fine', format: 'pdf', isProtected: /\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/.test(bytes.toString('latin1')) };
}

function lookAtZip(bytes: Buffer): LookedDocument | undefined {
  // The directory stands at the end, before a comment of 65 kB at most.
  const directory = bytes.subarray(-66_000).lastIndexOf('PK\u0005\u0006');
  if (directory === -1) return { kind: 'refused', reason: refusals.damaged };
  if (bytes.includes('word/document')) return { kind: 'fine', format: 'docx' };
  return bytes.includes('xl/workbook.xml') ? { kind: 'fine', format: 'xlsx' } : undefined;
}

/** The form of Office before 2007, and of what was encrypted since; its names are UTF-16. */
function lookAtCompound(bytes: Buffer): LookedDocument | undefined {
  const holds = (name: string) => bytes.includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage')) return { kind: 'refused', reason: refusals.protected };
  if (holds('WordDocument')) return { kind: 'fine', format: 'doc' };
  return holds('Workbook') || holds('Book') ? { kind: 'fine', format: 'xls' } : undefined;
}
