import { readFile } from 'node:fs/promises';
import { initPhoton, PhotonImage, resize, SamplingFilter } from '@cf-wasm/photon/others';
import { RefusedFileError } from '../file-reading.ts';
import { orientationOf, turned } from './orientation.ts';
import type { Told } from './told.ts';

/** A model makes larger ones smaller itself, and takes 2,000 where it is given many. */
const longestSide = 2_000;
const quality = 85;

/** A picture that is too large, as a JPEG that is not. How many pixels it has was looked at before. */
export async function fitPicture(bytes: Uint8Array, told: Told): Promise<void> {
  await initPhoton({ module_or_path: await readFile(photonFile()) });
  const whole = decoded(bytes);
  const [width, height] = [whole.get_width(), whole.get_height()];
  const scale = Math.min(1, longestSide / Math.max(width, height));
  const small = scale < 1 ? resize(whole, side(width * scale), side(height * scale), SamplingFilter.Triangle) : whole;
  if (small !== whole) whole.free();
  const upright = turned({ pixels: small.get_raw_pixels(), width: small.get_width(), height: small.get_height() }, orientationOf(bytes));
  onWhite(upright.pixels);
  told.note(`it is shown smaller: it has ${width} × ${height} pixels`);
  told.picture(new PhotonImage(upright.pixels, upright.width, upright.height).get_bytes_jpeg(quality));
}

/** Beside the bundle, or in the package that it comes from. */
function photonFile(): URL {
  if (import.meta.url.endsWith('.ts')) return new URL(import.meta.resolve('@cf-wasm/photon/photon.wasm'));
  return new URL('photon_rs_bg.wasm', import.meta.url);
}

function decoded(bytes: Uint8Array): PhotonImage {
  try {
    return PhotonImage.new_from_byteslice(bytes);
  } catch (cause) {
    throw new RefusedFileError('damaged', { cause });
  }
}

function side(pixels: number): number {
  return Math.max(1, Math.round(pixels));
}

/** A JPEG has no transparency: what one sees through would become black, as would dark writing on it. */
function onWhite(pixels: Uint8Array): void {
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3] ?? 255;
    if (alpha === 255) continue;
    for (let part = at; part < at + 3; part += 1) pixels[part] = Math.round(((pixels[part] ?? 0) * alpha + 255 * (255 - alpha)) / 255);
    pixels[at + 3] = 255;
  }
}
