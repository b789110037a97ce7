/** How a camera was held, from 1 (upright) to 8, as Exif numbers it. */
export function orientationOf(jpeg: Uint8Array): number {
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return 1;
  try {
    for (let at = 2; bytes.readUInt8(at) === 0xff && bytes.readUInt8(at + 1) !== 0xda; at += 2 + bytes.readUInt16BE(at + 2)) {
      if (bytes.readUInt8(at + 1) === 0xe1 && bytes.toString('latin1', at + 4, at + 10) === 'Exif\0\0')
        return tagIn(bytes.subarray(at + 10));
    }
  } catch (error) {
    // Read beyond its end.
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}

const orientationTag = 0x0112;

function tagIn(tiff: Buffer): number {
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const start = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let entry = 0; entry < short(start); entry += 1) {
    const at = start + 2 + entry * 12;
    const value = short(at) === orientationTag ? short(at + 8) : 0;
    if (value >= 1 && value <= 8) return value;
  }
  return 1;
}

export interface Pixels {
  /** Red, green, blue and alpha of each, in rows. */
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The picture as it was seen. */
export function turned({ pixels, width, height }: Pixels, orientation: number): Pixels {
  if (orientation === 1) return { pixels, width, height };
  const isOnSide = orientation >= 5;
  const [newWidth, newHeight] = isOnSide ? [height, width] : [width, height];
  const from = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
  const to = new Uint32Array(width * height);
  for (let y = 0; y < newHeight; y += 1) {
    for (let x = 0; x < newWidth; x += 1) {
      // Where the pixel lies in the file: first along its rows, then across them.
      const [along, across] = isOnSide ? [y, x] : [x, y];
      const column = [2, 3, 7, 8].includes(orientation) ? width - 1 - along : along;
      const row = [3, 4, 6, 7].includes(orientation) ? height - 1 - across : across;
      to[y * newWidth + x] = from[row * width + column] ?? 0;
    }
  }
  return { pixels: new Uint8Array(to.buffer), width: newWidth, height: newHeight };
}
