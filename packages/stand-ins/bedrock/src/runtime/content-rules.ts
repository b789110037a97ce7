import type { ContentBlock, ConverseRequest } from './converse-request.ts';
import { constraintError, validationError } from './validation-error.ts';

const mostImages = 20;
const mostImageBytes = 3.75 * 1024 * 1024;
const mostDocuments = 5;
const mostDocumentBytes = 4.5 * 1024 * 1024;
const imageFormats = ['png', 'jpeg', 'gif', 'webp'];
const documentFormats = ['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md'];
const documentName = /^[\p{L}\p{N}\-()[\]]+(?:\s[\p{L}\p{N}\-()[\]]+)*$/u;

/** What each block holds: no blank text, and pictures and documents within number, size and naming rules. */
export function refuseContent({ messages, system = [] }: ConverseRequest): void {
  for (const [index, { text, cachePoint }] of system.entries()) {
    if (!cachePoint && text?.trim() === '') throw blank('SystemContentBlock', `system.${index}`);
  }
  for (const [index, { content }] of messages.entries()) {
    for (const [position, block] of content.entries()) refuseBlock(block, `messages.${index}.content.${position}`);
    if (content.some(({ document }) => document) && !content.some(({ text }) => text)) {
      throw validationError(`The content at messages.${index} includes a document but no text block. Add a text block and try again.`);
    }
  }
  const blocks = messages.flatMap(({ content }) => content.flatMap((block) => [block, ...(block.toolResult?.content ?? [])]));
  refuseCount('images', blocks.filter(({ image }) => image).length, mostImages);
  refuseCount('documents', blocks.filter(({ document }) => document).length, mostDocuments);
}

function refuseBlock(block: ContentBlock, at: string): void {
  if (block.text !== undefined && block.text.trim() === '') throw blank('ContentBlock', at);
  for (const [position, inner] of (block.toolResult?.content ?? []).entries()) {
    const place = `${at}.toolResult.content.${position}`;
    if (inner.text !== undefined && inner.text.trim() === '') throw blank('ContentBlock', place);
    refuseImage(inner.image, place);
    refuseDocument(inner.document, place);
  }
  refuseImage(block.image, at);
  refuseDocument(block.document, at);
}

function refuseImage(image: ContentBlock['image'], at: string): void {
  if (!image) return;
  if (!imageFormats.includes(image.format)) {
    throw constraintError(`${at}.image.format`, image.format, `satisfy enum value set: [${imageFormats.join(', ')}]`);
  }
  refuseBytes(image.source.bytes, `${at}.image.source.bytes`, mostImageBytes);
}

function refuseDocument(document: ContentBlock['document'], at: string): void {
  if (!document) return;
  if (document.format !== undefined && !documentFormats.includes(document.format)) {
    throw constraintError(`${at}.document.format`, document.format, `satisfy enum value set: [${documentFormats.join(', ')}]`);
  }
  if (!documentName.test(document.name) || document.name.length > 200) {
    throw validationError(
      "The document file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets. The name can't contain more than one consecutive whitespace character.",
    );
  }
  if (document.source.text === undefined) refuseBytes(document.source.bytes, `${at}.document.source.bytes`, mostDocumentBytes);
}

function refuseBytes(bytes: string | undefined, at: string, most: number): void {
  if (!bytes) throw validationError(`The source at ${at} is empty. Add content and try again.`);
  const size = Buffer.byteLength(bytes, 'base64');
  if (size > most) throw validationError(`The content at ${at} exceeds ${most} bytes: ${size} bytes were sent.`);
}

function refuseCount(what: string, count: number, most: number): void {
  if (count > most) throw validationError(`Too many ${what} in the request: ${count} were sent, at most ${most} are allowed.`);
}

function blank(kind: string, at: string): Error {
  return validationError(`The text field in the ${kind} object at ${at} is blank. Add text to the text field, and try again.`);
}
