import crypto from 'node:crypto';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import type { Random } from '@vera/stand-in-kit/random';

/** Something inside a run reached for what a seed does not decide. */
class UnsealedError extends Error {
  readonly code = 'unsealed';
}

type Patched = Record<string, unknown>;

const device = '/dev/urandom';
/** A number that no open file has. */
const seededFile = 2 ** 30;

/**
 * Runs `work` in a world without a clock, timers, chance or network: reaching for them throws, and is told to `onBreach`, for code may catch what
 * is thrown. The kernel's generator gives what follows from the seed. Runs are one after the other: the world is this whole process.
 */
export async function inSealedWorld<Result>(
  random: Random,
  onBreach: (what: string) => void,
  work: () => Promise<Result>,
): Promise<Result> {
  const undo: (() => void)[] = [];
  const put = (owner: object, name: string, value: unknown) => {
    const before = (owner as Patched)[name];
    Object.defineProperty(owner, name, { value, configurable: true, writable: true });
    undo.push(() => Object.defineProperty(owner, name, { value: before, configurable: true, writable: true }));
  };
  const forbid = (owner: object, ...names: string[]) => {
    for (const name of names)
      put(owner, name, () => {
        onBreach(name);
        throw new UnsealedError(`${name} inside of a run`);
      });
  };
  forbid(Math, 'random');
  forbid(performance, 'now');
  forbid(process, 'hrtime', 'uptime');
  forbid(globalThis, 'setTimeout', 'setInterval', 'setImmediate', 'fetch');
  forbid(timers, 'setTimeout', 'setInterval', 'setImmediate');
  forbid(timersPromises, 'setTimeout', 'setInterval', 'setImmediate');
  forbid(crypto, 'randomBytes', 'randomUUID', 'randomInt', 'generateKeyPairSync');
  forbid(globalThis.crypto, 'getRandomValues', 'randomUUID');
  forbid(AbortSignal, 'timeout');
  put(globalThis, 'Date', dateWithoutNow(onBreach));
  seedKernel(put, random);
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    for (const restore of undo.reverse()) restore();
    syncBuiltinESMExports();
  }
}

/** A date can be made of a time, and of none it cannot. */
function dateWithoutNow(onBreach: (what: string) => void): DateConstructor {
  const refuse = () => {
    onBreach('Date');
    throw new UnsealedError('The clock of this machine inside of a run');
  };
  return class extends Date {
    static override now(): number {
      return refuse();
    }

    constructor(...given: []) {
      super(...given);
      if ((given as unknown[]).length === 0) refuse();
    }
  } as DateConstructor;
}

function seedKernel(put: (owner: object, name: string, value: unknown) => void, random: Random): void {
  const { openSync, readSync, closeSync } = fs;
  put(fs, 'openSync', (path: string, flags: string) => (path === device ? seededFile : openSync(path, flags)));
  put(fs, 'closeSync', (file: number) => (file === seededFile ? undefined : closeSync(file)));
  put(fs, 'readSync', (...given: [number, Uint8Array, number, number, number | null]) => {
    const [file, buffer, offset, length] = given;
    if (file !== seededFile) return readSync(...given);
    random.fill(buffer.subarray(offset, offset + length));
    return length;
  });
}
