import { inflateSync } from 'node:zlib';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, of a pixel. */
  at(x: number, y: number): readonly [number, number, number];
}

/** The pixels of a PNG as the charts are: eight bits, not interlaced, with or without transparency. */
export function decodePng(png: Uint8Array): Pixels {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const channels = { 2: 3, 6: 4 }[view.getUint8(25)];
  if (view.getUint8(24) !== 8 || !channels) throw new Error('no PNG of a chart');
  const parts: Uint8Array[] = [];
  for (let at = 8; at < png.byteLength; at += view.getUint32(at) + 12) {
    if (String.fromCharCode(...png.subarray(at + 4, at + 8)) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  const stride = width * channels;
  const raw = inflateSync(Buffer.concat(parts));
  let above = new Uint8Array(stride);
  const lines = Array.from({ length: height }, (_, y) => {
    const start = y * (stride + 1);
    above = unfilter(raw[start] ?? 0, raw.subarray(start + 1, start + 1 + stride), above, channels);
    return above;
  });
  const channel = (x: number, y: number, index: number) => lines[y]?.[x * channels + index] ?? 0;
  return { width, height, at: (x, y) => [channel(x, y, 0), channel(x, y, 1), channel(x, y, 2)] };
}

function unfilter(filter: number, line: Uint8Array, above: Uint8Array, channels: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(line.length);
  for (let x = 0; x < line.length; x += 1) {
    const [left, corner] = x < channels ? [0, 0] : [bytes[x - channels] ?? 0, above[x - channels] ?? 0];
    const up = above[x] ?? 0;
    const guess = [0, left, up, (left + up) >> 1, filter === 4 ? paeth(left, up, corner) : 0][filter] ?? 0;
    bytes[x] = (line[x] ?? 0) + guess;
  }
  return bytes;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
