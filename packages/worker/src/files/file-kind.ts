import type { DocumentFormat, ImageFormat } from '../agent/agent.ts';
import { decodedText } from './decoded-text.ts';
import { type ReadKind, refusals } from './file-reading.ts';
import { lookAtDocument } from './look-at-document.ts';
import { type LookedPicture, lookAtPicture } from './look-at-picture.ts';

/** What a file is by what is said of it, and the largest that is fetched, in bytes. */
export interface FileKind {
  readonly kind: 'image' | 'document' | 'csv' | 'html' | 'text' | 'unsaid';
  readonly largest: number;
}

const megabyte = 1024 * 1024;
/** What Bedrock takes in one piece (for pictures: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ImageBlock.html). */
export const bedrockTakes = { image: Math.floor(3.75 * megabyte), document: Math.floor(4.5 * megabyte) } as const;
/** What is sensible to fetch: larger ones are made smaller, or their text is read. */
const largest = {
  image: 20 * megabyte,
  document: 20 * megabyte,
  csv: 8 * megabyte,
  html: 2 * megabyte,
  text: megabyte / 4,
  unsaid: 20 * megabyte,
};

const images = /^image\/(?:x-)?(?:png|p?jpe?g|gif|webp)$/;
const documents =
  /\/(?:pdf|x-pdf|msword|vnd\.ms-excel(?:\.sheet\.macroenabled\.12)?|vnd\.openxmlformats-officedocument\.(?:wordprocessingml\.document|spreadsheetml\.sheet))$/;
const textual = /^(text\/|application\/(json|xml|x-yaml|yaml|javascript|x-sh|sql|toml)\b)/;
const imageNames = /\.(png|jpe?g|gif|webp)$/i;
const documentNames = /\.(pdf|docx?|docm|xlsx?|xlsm)$/i;
const textNames = /\.(txt|md|log|json|ya?ml|xml|ts|js|py|sql|sh|tf|toml|ini)$/i;
const unsaid = /^(?:(?:application|binary)\/octet-stream)?$/;

/** Undefined for what no model reads. */
export function fileKindOf(mimetype: string, name: string): FileKind | undefined {
  const kind = kindOf(mimetype.split(';')[0]?.trim().toLowerCase() ?? '', name);
  return kind && { kind, largest: largest[kind] };
}

function kindOf(type: string, name: string): FileKind['kind'] | undefined {
  if (images.test(type)) return 'image';
  // Windows with Excel calls a CSV so.
  if (/\.(?:csv|tsv)$/i.test(name) || /^text\/(?:csv|tab-separated-values)$/.test(type)) return 'csv';
  if (documents.test(type) || documentNames.test(name)) return 'document';
  // A canvas is downloaded as a page.
  if (/\.html?$/i.test(name) || /^(?:text\/html|application\/(?:xhtml\+xml|vnd\.slack-docs))$/.test(type)) return 'html';
  if (textual.test(type) || textNames.test(name)) return 'text';
  if (!unsaid.test(type) || name === '') return undefined;
  return imageNames.test(name) ? 'image' : 'unsaid';
}

/** How a file reaches the model by its bytes. */
export type Looked =
  | { readonly kind: 'image'; readonly format: ImageFormat }
  /** Read apart; with a format, the bytes may go to the model as well. */
  | { readonly kind: 'read'; readonly as: ReadKind; readonly block?: DocumentFormat }
  | { readonly kind: 'document'; readonly format: DocumentFormat }
  | { readonly kind: 'text'; readonly text: string };

/** Bytes count for more than what is said of them; a string says why no model is shown them. */
export function lookInside({ kind }: FileKind, bytes: Uint8Array): Looked | string {
  const isText = kind === 'text' || kind === 'csv' || kind === 'html';
  const picture = lookAtPicture(bytes);
  if (picture?.kind === 'fine') return shownPicture(picture, bytes.byteLength);
  const document = lookAtDocument(bytes);
  // A text may begin like a file of another kind, to tell of it.
  const refused = [picture, document].find((looked) => looked?.kind === 'refused');
  if (refused?.kind === 'refused' && !isText) return refused.reason;
  if (document?.kind === 'fine') return shownDocument(document);
  if (kind === 'csv' || kind === 'html') return { kind: 'read', as: kind };
  if (kind !== 'text') return kind === 'unsaid' ? 'files of this type cannot be read' : refusals.kind;
  const text = decodedText(bytes);
  return text === undefined ? refusals.binary : { kind: 'text', text };
}

/**
 * On a side, as Bedrock says for one picture. Claude's other limit of 2,000 pixels is for requests with more than twenty, and no question has
 * so many (`collect-files.ts`).
 */
const mostPixels = 8_000;
/** What can be made smaller in the memory that is given for it: a photo of 24 megapixels. */
const mostToShrink = 25_000_000;

function shownPicture({ format, width, height }: Extract<LookedPicture, { kind: 'fine' }>, bytes: number): Looked | string {
  if (Math.max(width, height) <= mostPixels && bytes <= bedrockTakes.image) return { kind: 'image', format };
  if (width * height <= mostToShrink) return { kind: 'read', as: 'picture' };
  return `it has ${width} × ${height} pixels, which are too many to make it smaller here`;
}

function shownDocument(document: Extract<ReturnType<typeof lookAtDocument>, { kind: 'fine' }>): Looked {
  switch (document.format) {
    case 'pdf':
      return { kind: 'read', as: 'pdf', ...(document.isProtected ? {} : { block: 'pdf' as const }) };
    case 'docx':
    case 'xlsx':
      return { kind: 'read', as: document.format };
    case 'doc':
    case 'xls':
      return { kind: 'document', format: document.format };
  }
}
