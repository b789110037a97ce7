import crypto from 'node:crypto';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Random bytes for what must differ between processes: owners of leases, locks, ids. From the kernel and read at each use, as AgentCore
 * starts many sessions from one snapshot of a process, and everything Node's own generator holds by then is the same in all of them.
 * Where there is no such device, as on Windows, nothing is snapshotted either, and Node's generator does.
 */
export function kernelRandom(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let device: number;
  try {
    device = openSync('/dev/urandom', 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return crypto.randomBytes(length);
    throw error;
  }
  try {
    for (let filled = 0; filled < length; ) filled += readSync(device, bytes, filled, length - filled, null);
    return bytes;
  } finally {
    closeSync(device);
  }
}

/** An id that no other process makes, in 32 hexadecimal digits. */
export function kernelId(): string {
  return kernelRandom(16).toString('hex');
}

/**
 * Makes all of this process draw from the kernel's generator in place of Node's, whose state AgentCore's snapshot gives to every session: the
 * AWS clients' invocation ids and idempotency tokens (https://github.com/smithy-lang/smithy-kotlin/issues/1656), the agent library's ids, the
 * boundary of an upload, the chance in a pause before a retry. At one place, as few libraries let their ids be handed in, and a new one would
 * bring its own unseen. To be called before they are loaded, for some keep the function. Keys that OpenSSL makes are out of reach: make none.
 */
export function drawFromKernel(): void {
  // Where there is no such device, as on Windows, nothing is snapshotted either.
  if (!existsSync('/dev/urandom')) return;
  Object.assign(crypto, { randomBytes, randomFill, randomFillSync, randomInt, randomUUID });
  // Node's own `getRandomValues` is that of the web's.
  Object.assign(crypto.webcrypto, { getRandomValues, randomUUID });
  Math.random = chance;
  syncBuiltinESMExports();
}

type Then<Value> = (error: null, value: Value) => void;

function handed<Value>(value: Value, then: Then<Value> | undefined): Value | undefined {
  if (!then) return value;
  setImmediate(then, null, value);
  return undefined;
}

function randomBytes(length: number, then?: Then<Buffer>): Buffer | undefined {
  return handed(kernelRandom(length), then);
}

function randomFillSync<Target extends ArrayBufferView | ArrayBuffer>(target: Target, offset = 0, size?: number): Target {
  // Offset and size are elements of a typed array, bytes of all else.
  const unit = 'BYTES_PER_ELEMENT' in target ? Number(target.BYTES_PER_ELEMENT) : 1;
  const length = size === undefined ? target.byteLength - offset * unit : size * unit;
  const bytes = ArrayBuffer.isView(target) ? new Uint8Array(target.buffer, target.byteOffset, target.byteLength) : new Uint8Array(target);
  bytes.set(kernelRandom(length), offset * unit);
  return target;
}

function randomFill(target: ArrayBufferView, ...rest: [...place: number[], then: Then<ArrayBufferView>]): void {
  const then = rest.at(-1) as Then<ArrayBufferView>;
  const [offset, size] = rest.slice(0, -1) as number[];
  handed(randomFillSync(target, offset, size), then);
}

function getRandomValues<Target extends ArrayBufferView>(target: Target): Target {
  return randomFillSync(target);
}

function randomUUID(): string {
  const hex = kernelRandom(16).toString('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}

function randomInt(...given: (number | Then<number>)[]): number | undefined {
  const then = given.find((one) => typeof one === 'function');
  const bounds = given.filter((one) => typeof one === 'number');
  const [least = 0, end = 0] = bounds.length > 1 ? bounds : [0, ...bounds];
  return handed(least + Math.floor(chance() * (end - least)), then);
}

/** From 0 up to, but not, 1: 53 bits, as many as a number holds. */
function chance(): number {
  const bytes = kernelRandom(8);
  return (bytes.readUInt32BE() * 2 ** 21 + (bytes.readUInt32BE(4) >>> 11)) / 2 ** 53;
}
