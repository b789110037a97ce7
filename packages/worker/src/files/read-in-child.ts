import { fileURLToPath } from 'node:url';
import { Turnstile } from '../turnstile.ts';
import { type ChildLimits, type ChildProgram, runChild } from './child-program.ts';
import { type FileReading, mostRead, type ReadKind, RefusedFileError } from './file-reading.ts';
import { readingOf } from './reading-of.ts';

/** Reads a file whose bytes somebody else wrote; rejects with `RefusedFileError`. */
export type ReadInChild = (file: { kind: ReadKind; name: string; bytes: Uint8Array }, signal?: AbortSignal) => Promise<FileReading>;

/** Megabytes: a picture of 25 megapixels is held twice while it is made smaller. */
const resident = { picture: 700, other: 450 };

/** As many as the worker has processors. */
const atOnce = 2;
/** A queue that does not move is told of before the question's time is over, in milliseconds. */
const patience = 20_000;

export function createReadInChild({ milliseconds }: Pick<ChildLimits, 'milliseconds'>): ReadInChild {
  const limits = { milliseconds, heap: 256, output: mostRead.output };
  const places = new Turnstile({ most: atOnce, longest: 2 * milliseconds });
  return async ({ kind, name, bytes }, signal) => {
    const tooLong = AbortSignal.timeout(patience);
    const leave = await places.enter(signal ? AbortSignal.any([signal, tooLong]) : tooLong);
    try {
      if (tooLong.aborted) throw new RefusedFileError('busy');
      const head = new TextEncoder().encode(`${JSON.stringify({ kind, name })}\n`);
      const most = { ...limits, resident: kind === 'picture' ? resident.picture : resident.other };
      return await readingOf(runChild(readerProgram(), [head, bytes], most, signal));
    } finally {
      leave();
    }
  };
}

/** In its bundle it lies beside the worker's; from the sources it needs those of its packages too. */
function readerProgram(): ChildProgram {
  if (!import.meta.url.endsWith('.ts')) {
    return { file: fileURLToPath(new URL('read-file.mjs', import.meta.url)), readable: fileURLToPath(new URL('.', import.meta.url)) };
  }
  return {
    file: fileURLToPath(new URL('../read-file.ts', import.meta.url)),
    readable: fileURLToPath(new URL('../../../../', import.meta.url)),
  };
}
