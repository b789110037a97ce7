import { imageSize } from 'image-size';
import type { ContentBlock, ConverseRequest } from './converse-request.ts';
import { validationError } from './validation-error.ts';

const mostPixels = 8_000;
const mostPages = 100;

/**
 * Pictures and documents are opened, as the model's own API does behind Bedrock: what it cannot read is fatal to the whole request. Words from
 * https://github.com/anthropics/claude-code/issues/4778 (8000 pixels), https://github.com/aws-samples/amazon-bedrock-client-for-mac/issues/130
 * (another format), https://github.com/maximhq/bifrost/issues/5472 (documents), https://github.com/anthropics/claude-code/issues/19013
 * (password), https://github.com/anthropics/claude-code/issues/5707 (pages).
 */
export async function refuseUnreadableFiles({ messages }: ConverseRequest): Promise<void> {
  let pages = 0;
  for (const [index, { content }] of messages.entries()) {
    for (const [position, block] of content.entries()) {
      const at = `The model returned the following errors: messages.${index}.content.${position}`;
      for (const { image, document } of [block, ...(block.toolResult?.content ?? [])]) {
        if (image) refusePicture(image, at);
        if (document) pages += await pagesOf(document, at);
      }
    }
  }
  if (pages > mostPages)
    throw validationError(`The model returned the following errors: A maximum of ${mostPages} PDF pages may be provided.`);
}

function refusePicture({ format, source }: NonNullable<ContentBlock['image']>, at: string): void {
  const bytes = Buffer.from(source.bytes ?? '', 'base64');
  const size = sizeOf(bytes);
  if (!size || !isWhole(size.type, bytes)) throw validationError(`${at}.image.source.bytes: Could not process image`);
  if (size.type !== format) {
    throw validationError(
      `${at}.image.source.bytes: The image was specified using the image/${format} media type, but the image appears to be a image/${size.type} image`,
    );
  }
  if (Math.max(size.width, size.height) > mostPixels) {
    throw validationError(`${at}.image.source.bytes: At least one of the image dimensions exceed max allowed size: ${mostPixels} pixels`);
  }
}

function sizeOf(bytes: Uint8Array): { readonly type: string; readonly width: number; readonly height: number } | undefined {
  try {
    const { type = '', width, height } = imageSize(bytes);
    return width > 0 && height > 0 ? { type: type === 'jpg' ? 'jpeg' : type, width, height } : undefined;
  } catch {
    return undefined;
  }
}

/** The library reads heads only; each format says its end in its own way. */
function isWhole(type: string, bytes: Buffer): boolean {
  const ends: Readonly<Record<string, boolean>> = {
    png: bytes.includes('IDAT') && bytes.includes('IEND'),
    jpeg: bytes.includes(Buffer.from([0xff, 0xd9])),
    gif: bytes.includes(0x3b),
    webp: bytes.length >= 12 && bytes.readUInt32LE(4) + 8 <= bytes.length,
  };
  return ends[type] ?? false;
}

async function pagesOf({ format, source }: NonNullable<ContentBlock['document']>, at: string): Promise<number> {
  if (format !== 'pdf' || source.bytes === undefined) return 0;
  // Loaded with the first PDF: it is a large library.
  const { getDocumentProxy } = await import('unpdf');
  const bytes = Uint8Array.from(Buffer.from(source.bytes, 'base64'));
  if (!Buffer.from(bytes.subarray(0, 1_024)).includes('%PDF-')) {
    throw validationError(
      `${at}.source.bytes: The document source bytes could not be parsed as the specified format. If using a text-based format, try source.text instead of source.bytes.`,
    );
  }
  const document = await getDocumentProxy(bytes, { stopAtErrors: true, verbosity: 0 }).catch((error: unknown) => {
    const isProtected = error instanceof Error && error.name === 'PasswordException';
    throw validationError(`${at}.pdf.source.base64.data: The PDF specified ${isProtected ? 'is password protected' : 'was not valid'}.`);
  });
  return document.numPages;
}
