import type { ImageFormat } from '../agent/agent.ts';
import { refusals } from './file-reading.ts';

/** What the bytes of a file show: its format, or why no model takes it; undefined where they are none. */
export type Looked<Format> = { readonly kind: 'fine'; readonly format: Format } | { readonly kind: 'refused'; readonly reason: string };

interface Size {
  readonly width: number;
  readonly height: number;
}

export type LookedPicture = (Extract<Looked<ImageFormat>, { kind: 'fine' }> & Size) | Extract<Looked<never>, { kind: 'refused' }>;

/** One picture that cannot be decoded makes a model refuse the whole request, so headers and ends are read here; pixels are not. */
export function lookAtPicture(bytes: Uint8Array): LookedPicture | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const format = pictureFormatOf(view);
  if (!format) return undefined;
  const size = sizeOf(format, view);
  if (!size) return { kind: 'refused', reason: refusals.damaged };
  return size.width === 0 || size.height === 0 ? { kind: 'refused', reason: 'it has no pixels' } : { kind: 'fine', format, ...size };
}

function pictureFormatOf(bytes: Buffer): ImageFormat | undefined {
  if (bytes.subarray(0, 8).toString('hex') === '89504e470d0a1a0a') return 'png';
  if (bytes.subarray(0, 3).toString('hex') === 'ffd8ff') return 'jpeg';
  if (/^GIF8[79]a/.test(bytes.subarray(0, 6).toString('latin1'))) return 'gif';
  return /^RIFF[\s\S]{4}WEBP/.test(bytes.subarray(0, 12).toString('latin1')) ? 'webp' : undefined;
}

/** Undefined where it is not complete. */
function sizeOf(format: ImageFormat, bytes: Buffer): Size | undefined {
  try {
    return { png: pngSize, jpeg: jpegSize, gif: gifSize, webp: webpSize }[format](bytes);
  } catch (error) {
    // Read beyond its end.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function pngSize(bytes: Buffer): Size | undefined {
  let hasPixels = false;
  for (let at = 8; ; at += 12 + bytes.readUInt32BE(at)) {
    const type = bytes.toString('latin1', at + 4, at + 8);
    hasPixels ||= type === 'IDAT';
    if (at === 8 && type !== 'IHDR') return undefined;
    if (type !== 'IEND') continue;
    return hasPixels && at + 12 <= bytes.length ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : undefined;
  }
}

function jpegSize(bytes: Buffer): Size | undefined {
  let size: Size | undefined;
  for (let at = 2; ; ) {
    if (bytes.readUInt8(at) !== 0xff) return undefined;
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // Pixels follow, up to the mark of the end.
    if (marker === 0xda) return bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > at ? size : undefined;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
}

function gifSize(bytes: Buffer): Size | undefined {
  const size = { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  const tableOf = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const afterBlocks = (from: number) => {
    let at = from;
    for (let length = bytes.readUInt8(at); length > 0; length = bytes.readUInt8(at)) at += 1 + length;
    return at + 1;
  };
  let pictures = 0;
  for (let at = 13 + tableOf(bytes.readUInt8(10)); ; ) {
    const kind = bytes.readUInt8(at);
    if (kind === 0x3b) return pictures > 0 ? size : undefined;
    if (kind === 0x21) at = afterBlocks(at + 2);
    else if (kind === 0x2c) {
      pictures += 1;
      at = afterBlocks(at + 11 + tableOf(bytes.readUInt8(at + 9)));
    } else return undefined;
  }
}

function webpSize(bytes: Buffer): Size | undefined {
  if (bytes.readUInt32LE(4) + 8 > bytes.length) return undefined;
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}
