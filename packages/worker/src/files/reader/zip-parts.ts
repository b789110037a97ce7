import { unzipSync } from 'fflate';
import { RefusedFileError } from '../file-reading.ts';

const most = { entries: 5_000, bytes: 60_000_000 };

/**
 * The parts of an Office file whose names fit. What they say of their size is counted before anything is unpacked, and none gets more room
 * than it says: what is inside beyond that is lost, and with it the part's end.
 */
export function zipParts(bytes: Uint8Array, isWanted: (name: string) => boolean): ReadonlyMap<string, Uint8Array> {
  let [entries, size] = [0, 0];
  try {
    const found = unzipSync(bytes, {
      filter({ name, originalSize }) {
        entries += 1;
        if (entries > most.entries) throw new RefusedFileError('unpacked');
        if (!isWanted(name)) return false;
        size += originalSize;
        if (size > most.bytes) throw new RefusedFileError('unpacked');
        return true;
      },
    });
    return new Map(Object.entries(found));
  } catch (cause) {
    if (cause instanceof RefusedFileError) throw cause;
    throw new RefusedFileError('damaged', { cause });
  }
}

/** Whatever is capital in its name: other programs than Office write other ones. */
export function partNamed(parts: ReadonlyMap<string, Uint8Array>, wanted: string): Uint8Array | undefined {
  return parts.get(wanted) ?? [...parts].find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1];
}
