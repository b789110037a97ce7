import type { DocumentFormat, ImageFormat } from '../agent/agent.ts';
import { lookAtDocument } from './look-at-document.ts';
import { lookAtPicture } from './look-at-picture.ts';

/** How a file reaches the model by what is said of it, and the largest it may be in bytes. */
export interface FileKind {
  readonly kind: 'image' | 'document' | 'text' | 'unsaid';
  readonly largest: number;
}

const megabyte = 1024 * 1024;
/** Bedrock's limits (for pictures: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ImageBlock.html); text: what is sensible. */
const largest = { image: Math.floor(3.75 * megabyte), document: Math.floor(4.5 * megabyte), text: megabyte / 4 } as const;

const images = /^image\/(?:x-)?(?:png|p?jpe?g|gif|webp)$/;
const documents =
  /\/(?:pdf|x-pdf|msword|vnd\.ms-excel|vnd\.openxmlformats-officedocument\.(?:wordprocessingml\.document|spreadsheetml\.sheet))$/;
const textual = /^(text\/|application\/(json|xml|x-yaml|yaml|javascript|x-sh|sql|toml)\b)/;
const imageNames = /\.(png|jpe?g|gif|webp)$/i;
const documentNames = /\.(pdf|docx?|xlsx?)$/i;
const textNames = /\.(txt|md|csv|log|json|ya?ml|xml|html?|ts|js|py|sql|sh|tf|toml|ini)$/i;
const unsaid = /^(?:(?:application|binary)\/octet-stream)?$/;

/** Undefined for what no model reads. */
export function fileKindOf(mimetype: string, name: string): FileKind | undefined {
  const type = mimetype.split(';')[0]?.trim().toLowerCase() ?? '';
  if (images.test(type)) return { kind: 'image', largest: largest.image };
  if (documents.test(type) || documentNames.test(name)) return { kind: 'document', largest: largest.document };
  if (textual.test(type) || textNames.test(name)) return { kind: 'text', largest: largest.text };
  if (!unsaid.test(type) || name === '') return undefined;
  return imageNames.test(name) ? { kind: 'image', largest: largest.image } : { kind: 'unsaid', largest: largest.document };
}

/** How a file reaches the model by its bytes. */
export type Looked =
  | { readonly kind: 'image'; readonly format: ImageFormat; readonly largest: number }
  | { readonly kind: 'document'; readonly format: DocumentFormat; readonly pages: number; readonly largest: number }
  | { readonly kind: 'text'; readonly text: string; readonly largest: number };

/** Bytes count for more than what is said of them; a string says why no model is shown them. */
export function lookInside({ kind }: FileKind, bytes: Uint8Array): Looked | string {
  const picture = lookAtPicture(bytes);
  if (picture?.kind === 'fine') return { kind: 'image', format: picture.format, largest: largest.image };
  const document = lookAtDocument(bytes);
  // A text may begin like a file of another kind, to tell of it.
  const refused = [picture, document].find((looked) => looked?.kind === 'refused');
  if (refused?.kind === 'refused' && kind !== 'text') return refused.reason;
  if (document?.kind === 'fine')
    return { kind: 'document', format: document.format, pages: document.pages ?? 0, largest: largest.document };
  if (kind !== 'text') return kind === 'unsaid' ? 'files of this type cannot be read' : 'its content is not what its name says';
  const text = textOf(bytes);
  return text === undefined ? 'its content is not text' : { kind: 'text', text, largest: largest.text };
}

/** Windows writes UTF-16, with a mark at its beginning. */
function textOf(bytes: Uint8Array): string | undefined {
  const mark = Buffer.from(bytes.subarray(0, 2)).toString('hex');
  if (mark === 'fffe') return new TextDecoder('utf-16le').decode(bytes);
  if (mark === 'feff') return new TextDecoder('utf-16be').decode(bytes);
  return bytes.includes(0) ? undefined : new TextDecoder().decode(bytes);
}
