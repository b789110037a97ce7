import type { DocumentFormat, ImageFormat } from '../agent/agent.ts';

/** How a file reaches the model, and the largest it may be in bytes (Bedrock's limits; text is bounded by what is sensible). */
export type FileKind =
  | { readonly kind: 'image'; readonly format: ImageFormat; readonly largest: number }
  | { readonly kind: 'document'; readonly format: DocumentFormat; readonly largest: number }
  | { readonly kind: 'text'; readonly largest: number };

const megabyte = 1024 * 1024;
const images: Readonly<Record<string, ImageFormat>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};
const documents: Readonly<Record<string, DocumentFormat>> = { pdf: 'pdf', doc: 'doc', docx: 'docx', xls: 'xls', xlsx: 'xlsx' };
const textual = /^(text\/|application\/(json|xml|x-yaml|yaml|javascript|x-sh|sql|toml)\b)/;
const textNames = /\.(txt|md|csv|log|json|ya?ml|xml|html?|ts|js|py|sql|sh|tf|toml|ini)$/i;

/** Undefined for what no model reads. */
export function fileKindOf(mimetype: string, name: string): FileKind | undefined {
  const image = images[mimetype];
  if (image) return { kind: 'image', format: image, largest: Math.floor(3.75 * megabyte) };
  const document = documents[name.split('.').at(-1)?.toLowerCase() ?? ''];
  if (document) return { kind: 'document', format: document, largest: Math.floor(4.5 * megabyte) };
  return textual.test(mimetype) || textNames.test(name) ? { kind: 'text', largest: megabyte / 4 } : undefined;
}

/** How files of a format begin, in hexadecimal. A model refuses the whole request for one file that is not what it is called. */
const beginnings: Readonly<Record<string, string>> = {
  png: '89504e47',
  jpeg: 'ffd8ff',
  gif: '47494638',
  webp: '52494646',
  docx: '504b',
  xlsx: '504b',
  doc: 'd0cf11e0',
  xls: 'd0cf11e0',
};

export function isOfKind(kind: FileKind, bytes: Uint8Array): boolean {
  if (kind.kind === 'text') return true;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1_024));
  if (kind.format === 'pdf') return head.includes('%PDF-');
  return head.toString('hex').startsWith(beginnings[kind.format] ?? '');
}
